import * as v from 'valibot';

const blob = v.object({ size: v.number() });
const manifestText = v.pipe(
  v.string(),
  v.parseJson(),
  v.object({ config: blob, layers: v.array(blob) }),
);

/** Bytes to pull: layers and configuration of a manifest (OCI image-spec, manifest.md); undefined for other texts. */
export function imageSize(manifest: string): number | undefined {
  const result = v.safeParse(manifestText, manifest);
  if (!result.success) return undefined;
  const { config, layers } = result.output;
  return layers.reduce((total, { size }) => total + size, config.size);
}
