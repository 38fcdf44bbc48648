/** In which form the image is written; the same image for all that run it. */
export interface ImageFormat {
  readonly compression: 'gzip' | 'zstd' | 'estargz' | 'uncompressed';
  /** How attestations are attached: as OCI artifacts, or in the older form of Docker. */
  readonly attestationFormat: 'auto' | 'artifact' | 'index';
  /** Seconds since 1970 that all times in the image are set to at most; undefined: they stay. */
  readonly sourceDateEpoch: number | undefined;
}

/** Attributes of an `--output` that writes an image (moby/buildkit, exporter/containerimage/exptypes/keys.go). */
export function formatAttributes(format: ImageFormat): readonly string[] {
  const { compression, attestationFormat, sourceDateEpoch } = format;
  const isOci = ['zstd', 'estargz'].includes(compression) || attestationFormat === 'artifact';
  return [
    ...(compression === 'gzip' ? [] : [`compression=${compression}`]),
    ...(isOci ? ['oci-mediatypes=true'] : []),
    ...(attestationFormat === 'auto' ? [] : [`oci-artifact=${attestationFormat === 'artifact'}`]),
    ...(sourceDateEpoch === undefined ? [] : ['rewrite-timestamp=true']),
  ];
}
