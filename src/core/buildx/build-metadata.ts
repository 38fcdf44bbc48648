import * as v from 'valibot';

const metadataSchema = v.object({
  'containerimage.digest': v.optional(v.string()),
  'buildx.build.ref': v.optional(v.string()),
});

const metadataText = v.pipe(v.string(), v.parseJson(), metadataSchema);

/** What we take from the file of `--metadata-file` (docs.docker.com/reference/cli/docker/buildx/build). */
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
  return { digest: found['containerimage.digest'], ref: found['buildx.build.ref'] };
}
