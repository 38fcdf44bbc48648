import * as v from 'valibot';
import { UserError } from '../../src/core/errors.ts';

const recordSchema = v.object({
  version: v.literal(1),
  builderName: v.string(),
  /** Folder with buildx's store and our certificate files: all that the main step creates. */
  store: v.string(),
  /** The builder has pods that end with the job; `buildx` is the program that removes them. */
  podsOf: v.optional(v.object({ buildx: v.string() })),
});

/** What the post-job step must know. No secrets. */
export type BuilderRecord = v.InferOutput<typeof recordSchema>;

/**
 * The record as the main step wrote it.
 * @throws UserError when it is something else, or names a folder outside `tempDirectory`, which we would never create.
 */
export function parseRecord(json: unknown, tempDirectory: string): BuilderRecord {
  const result = v.safeParse(recordSchema, json);
  if (result.success && isBelow(tempDirectory, result.output.store)) return result.output;
  const what = 'The record of the main step is not as it was written.';
  const change = `Nothing was removed; the agent empties ${tempDirectory} by itself.`;
  throw new UserError([{ what, change }]);
}

function isBelow(folder: string, path: string): boolean {
  return path.startsWith(`${folder}/`) && !path.split('/').includes('..');
}
