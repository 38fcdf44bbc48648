import * as v from 'valibot';
import { formatPlatform } from '../platform/platform.ts';

const indexSchema = v.object({
  manifests: v.array(
    v.object({
      digest: v.string(),
      platform: v.optional(
        v.object({
          os: v.string(),
          architecture: v.string(),
          variant: v.optional(v.string(), ''),
        }),
      ),
    }),
  ),
});

const indexText = v.pipe(v.string(), v.parseJson(), indexSchema);

/**
 * The manifest of each platform in an image index (OCI image-spec, image-index.md), e.g.
 * `{"linux/arm64": "sha256:…"}`. Attestations, whose platform is unknown, are left out.
 * Undefined when the text is no index, as for a build of one platform without attestations.
 */
export function platformDigests(text: string): Readonly<Record<string, string>> | undefined {
  const result = v.safeParse(indexText, text);
  if (!result.success) return undefined;
  const entries = result.output.manifests.flatMap(({ digest, platform }) =>
    platform === undefined || platform.architecture === 'unknown'
      ? []
      : [[formatPlatform(platform), digest] as const],
  );
  return Object.fromEntries(entries);
}
