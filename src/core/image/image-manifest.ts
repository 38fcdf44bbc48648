import * as v from 'valibot';

const blob = v.object({ digest: v.string(), size: v.number() });
const manifestText = v.pipe(
  v.string(),
  v.parseJson(),
  v.object({ config: blob, layers: v.array(blob) }),
);

/** One image of one platform in a registry. */
export interface ImageManifest {
  /** Of the image's configuration, by which image stores know it. */
  readonly configDigest: string;
  /** Bytes of the configuration and all layers as they are pulled: compressed. */
  readonly size: number;
}

/** From the manifest's JSON (OCI image-spec, manifest.md); undefined when it is something else. */
export function imageManifest(text: string): ImageManifest | undefined {
  const result = v.safeParse(manifestText, text);
  if (!result.success) return undefined;
  const { config, layers } = result.output;
  const size = layers.reduce((sum, layer) => sum + layer.size, config.size);
  return { configDigest: config.digest, size };
}
