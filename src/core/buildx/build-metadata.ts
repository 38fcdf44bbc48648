import * as v from 'valibot';

const metadataSchema = v.object({
  'containerimage.digest': v.optional(v.string()),
  // All that `imagetools create` writes.
  'containerimage.descriptor': v.optional(v.object({ digest: v.string() })),
  'buildx.build.ref': v.optional(v.string()),
});

const metadataText = v.pipe(v.string(), v.parseJson(), metadataSchema);
const bakeText = v.pipe(v.string(), v.parseJson(), v.record(v.string(), v.unknown()));

/** What we take from the file of `--metadata-file`, of a build or of a merge (docs.docker.com/reference/cli/docker/buildx/build). */
export interface BuildMetadata {
  /** Of what was pushed: an index, or one manifest. */
  readonly digest: string | undefined;
  /** The build's record in `buildx history`. */
  readonly ref: string | undefined;
}

/**
 * Nothing is known when the text is not such a file: buildx writes none for a failed build.
 * @param target of a bake, whose file holds the metadata of each target by its name
 */
export function parseMetadata(text: string | undefined, target?: string): BuildMetadata {
  const result = v.safeParse(metadataText, target === undefined ? text : ofTarget(text, target));
  const found = result.success ? result.output : {};
  const digest = found['containerimage.digest'] ?? found['containerimage.descriptor']?.digest;
  return { digest, ref: found['buildx.build.ref'] };
}

/** The files of a bake's targets as one, as a bake itself writes it. */
export function joinedMetadata(files: Readonly<Record<string, string | undefined>>): string {
  const parsed = Object.entries(files).flatMap(([target, text]) => {
    const result = v.safeParse(bakeText, text);
    return result.success ? [[target, result.output] as const] : [];
  });
  return JSON.stringify(Object.fromEntries(parsed));
}

function ofTarget(text: string | undefined, target: string): string | undefined {
  const result = v.safeParse(bakeText, text);
  return result.success ? JSON.stringify(result.output[target] ?? {}) : undefined;
}
