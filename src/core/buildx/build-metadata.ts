import * as v from 'valibot';

const metadataSchema = v.object({
  'containerimage.digest': v.optional(v.string()),
  // All that `imagetools create` writes.
  'containerimage.descriptor': v.optional(v.object({ digest: v.string() })),
  'buildx.build.ref': v.optional(v.string()),
});

const metadataText = v.pipe(v.string(), v.parseJson(), metadataSchema);

/** What we take from the file of `--metadata-file`, of a build or of a merge (docs.docker.com/reference/cli/docker/buildx/build). */
export interface BuildMetadata {
  /** Of what was pushed: an index, or one manifest. */
  readonly digest: string | undefined;
  /** The build's record in `buildx history`. */
  readonly ref: string | undefined;
}

/** Nothing is known when the text is not such a file: buildx writes none for a failed build. */
export function parseMetadata(text: string | undefined): BuildMetadata {
  const result = v.safeParse(metadataText, text);
  const found = result.success ? result.output : {};
  const digest = found['containerimage.digest'] ?? found['containerimage.descriptor']?.digest;
  return { digest, ref: found['buildx.build.ref'] };
}
