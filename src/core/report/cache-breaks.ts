import * as v from 'valibot';
import { type BreakCause, breakCauseSchema, causeOf } from './break-cause.ts';
import type { BuildGraph } from './build-graph.ts';

export const breakSchema = v.object({
  platform: v.optional(v.string()),
  stage: v.optional(v.string()),
  /** Place in `steps` of the first step of the stage that was not cached. */
  step: v.number(),
  cause: breakCauseSchema,
});

export type CacheBreak = v.InferOutput<typeof breakSchema>;

/** Where the cache broke: the first step of each stage that ran, by platform, and why it had to. */
export function cacheBreaks(
  now: BuildGraph,
  before: BuildGraph | undefined,
): readonly CacheBreak[] {
  const first = new Map<string, number>();
  now.steps.forEach((step, at) => {
    if (step.outcome !== 'done' && step.outcome !== 'failed') return;
    const key = `${step.platform ?? ''} ${step.stage ?? ''}`;
    const known = now.steps[first.get(key) ?? -1];
    if (known === undefined || step.index < known.index) first.set(key, at);
  });
  return [...first.values()].flatMap((at) => {
    const step = now.steps[at];
    if (step === undefined) return [];
    const { platform, stage } = step;
    const cause: BreakCause =
      before === undefined ? { kind: 'no-earlier-run' } : causeOf(step, now, before);
    return [
      {
        ...(platform === undefined ? {} : { platform }),
        ...(stage === undefined ? {} : { stage }),
        step: at,
        cause,
      },
    ];
  });
}
