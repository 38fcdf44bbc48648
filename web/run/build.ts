import * as v from 'valibot';

/** What the tab reads of a run (REST API 7.0, Builds - Get). */
export const buildSchema = v.object({
  id: v.number(),
  buildNumber: v.string(),
  /** notStarted, inProgress, cancelling, postponed, completed. */
  status: v.string(),
  definition: v.object({ id: v.number() }),
  /** Full ref. */
  sourceBranch: v.string(),
  /** ISO 8601; of a run that has ended. */
  finishTime: v.nullish(v.string()),
});

export type Build = v.InferOutput<typeof buildSchema>;

export function hasEnded({ status }: Build): boolean {
  return status === 'completed';
}
