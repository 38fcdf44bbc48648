import * as v from 'valibot';
import { baseImageOf } from './base-image.ts';
import { type BuildGraph, inputsOf } from './build-graph.ts';
import { changedFiles, filesChangedSchema, hasUnreadFiles } from './changed-files.ts';
import { contextUpload } from './context-upload.ts';
import type { ReportedStep, ReportedVertex } from './report-steps.ts';
import { unpinnedSource } from './unpinned-source.ts';

/** Why a step was not taken from the cache, as far as a comparison with an earlier run shows. */
export const breakCauseSchema = v.variant('kind', [
  /** There is nothing to compare with. */
  v.object({ kind: v.literal('no-earlier-run') }),
  v.object({
    kind: v.literal('base-moved'),
    image: v.string(),
    from: v.string(),
    to: v.string(),
  }),
  /** A step it is made from ran, too: of another stage. */
  v.object({ kind: v.literal('parent-changed'), step: v.string() }),
  /** `was`: undefined when the step is new. */
  v.object({ kind: v.literal('instruction-changed'), was: v.optional(v.string()) }),
  filesChangedSchema,
  /** A build argument, variable, mount or option that its text does not show. */
  v.object({ kind: v.literal('setting-changed') }),
  /** Nothing changed that could be compared: the cache did not have it. */
  v.object({
    kind: v.literal('not-in-cache'),
    /** It takes files that were not read in both runs, e.g. of a context that is too large. */
    isUnread: v.optional(v.boolean()),
    /** An image, repository or address it is made from, of which nobody tells whether it is the same as before. */
    unpinned: v.optional(v.string()),
  }),
]);

export type BreakCause = v.InferOutput<typeof breakCauseSchema>;

type Question = readonly [step: ReportedStep, now: BuildGraph, before: BuildGraph];

/** The first of the possible causes that holds. */
export function causeOf(...question: Question): BreakCause {
  return (
    movedBase(...question) ??
    changedParent(...question) ??
    changedInstruction(...question) ??
    changedFiles(...question) ??
    changedSetting(...question) ??
    notInCache(...question)
  );
}

function movedBase(...[step, now, before]: Question): BreakCause | undefined {
  for (const vertex of inputsOf(step, now)) {
    const base = baseImageOf(vertex);
    // New labels alone give an image a new digest; what is cached on top of it tells that its files are the same.
    if (base?.digest === undefined || hasCachedSteps(vertex, now)) continue;
    const earlier = before.vertexes
      .filter(({ platform }) => platform === vertex.platform)
      .flatMap((one) => baseImageOf(one) ?? [])
      .filter(({ image }) => image === base.image);
    const from = earlier.find(({ digest }) => digest !== base.digest)?.digest;
    if (from === undefined || earlier.some(({ digest }) => digest === base.digest)) continue;
    return { kind: 'base-moved', image: base.image, from, to: base.digest };
  }
  return undefined;
}

function hasCachedSteps(base: ReportedVertex, { vertexes }: BuildGraph): boolean {
  const place = vertexes.indexOf(base);
  return vertexes.some(({ inputs, outcome }) => outcome === 'cached' && inputs.includes(place));
}

function changedParent(...[step, now]: Question): BreakCause | undefined {
  const parent = inputsOf(step, now).find(
    ({ phase, outcome }) => phase === 'build' && outcome === 'done',
  );
  return parent === undefined ? undefined : { kind: 'parent-changed', step: parent.name };
}

function changedInstruction(...[step, , before]: Question): BreakCause | undefined {
  if (sameStep(step, before) !== undefined) return undefined;
  const atPlace = before.steps.find((one) => isAlike(one, step) && one.index === step.index);
  // One more or one less before it moves all that follow; then the place says nothing.
  const was = atPlace?.count === step.count ? atPlace.instruction : undefined;
  return { kind: 'instruction-changed', ...(was === undefined ? {} : { was }) };
}

function changedSetting(...[step, now, before]: Question): BreakCause | undefined {
  const earlier = before.vertexes[sameStep(step, before)?.vertex ?? -1];
  const vertex = now.vertexes[step.vertex ?? -1];
  if (earlier === undefined || vertex === undefined) return undefined;
  // The upload of the context has a new digest in every run, and all that is made from it.
  if (dependsOnContext(vertex, now) || earlier.digest === vertex.digest) return undefined;
  return { kind: 'setting-changed' };
}

function notInCache(...question: Question): BreakCause {
  const [step, now] = question;
  const unpinned = inputsOf(step, now)
    .map(({ name }) => unpinnedSource(name))
    .find((source) => source !== undefined);
  return {
    kind: 'not-in-cache',
    ...(hasUnreadFiles(...question) ? { isUnread: true } : {}),
    ...(unpinned === undefined ? {} : { unpinned }),
  };
}

function sameStep(step: ReportedStep, { steps }: BuildGraph): ReportedStep | undefined {
  return steps.find((one) => isAlike(one, step) && one.instruction === step.instruction);
}

function isAlike(one: ReportedStep, other: ReportedStep): boolean {
  return one.platform === other.platform && one.stage === other.stage;
}

function dependsOnContext(vertex: ReportedVertex, { vertexes }: BuildGraph): boolean {
  const seen = new Set<number>();
  const visit = ({ name, inputs }: ReportedVertex): boolean =>
    contextUpload(name) !== undefined ||
    inputs.some((at) => {
      const input = vertexes[at];
      if (input === undefined || seen.has(at)) return false;
      seen.add(at);
      return visit(input);
    });
  return visit(vertex);
}
