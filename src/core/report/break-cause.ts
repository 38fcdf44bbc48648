import * as v from 'valibot';
import { changedPaths } from '../context/content-index.ts';
import { pathsTakenBy } from '../context/copied-files.ts';
import { baseImageOf } from './base-image.ts';
import type { BuildGraph } from './build-graph.ts';
import { isContextUpload } from './phase.ts';
import type { ReportedStep, ReportedVertex } from './report-steps.ts';

const mostFiles = 20;

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
  v.object({
    kind: v.literal('files-changed'),
    /** Paths of the context, the first of them; a folder ends with `/`. */
    files: v.array(v.string()),
    count: v.number(),
  }),
  /** A build argument, variable, mount or option that its text does not show. */
  v.object({ kind: v.literal('setting-changed') }),
  /** Nothing changed that could be compared: the cache did not have it. */
  v.object({ kind: v.literal('not-in-cache') }),
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
    changedSetting(...question) ?? { kind: 'not-in-cache' }
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

function changedFiles(...[step, now, before]: Question): BreakCause | undefined {
  const takesFiles = inputsOf(step, now).some(({ name }) => isContextUpload(name));
  if (!takesFiles || now.context === undefined || before.context === undefined) return undefined;
  const changed = changedPaths(before.context, now.context) ?? [];
  const files = changed.filter(pathsTakenBy(step.instruction));
  if (files.length === 0) return undefined;
  return { kind: 'files-changed', files: files.slice(0, mostFiles), count: files.length };
}

function changedSetting(...[step, now, before]: Question): BreakCause | undefined {
  const earlier = before.vertexes[sameStep(step, before)?.vertex ?? -1];
  const vertex = now.vertexes[step.vertex ?? -1];
  if (earlier === undefined || vertex === undefined) return undefined;
  // The upload of the context has a new digest in every run, and all that is made from it.
  if (dependsOnContext(vertex, now) || earlier.digest === vertex.digest) return undefined;
  return { kind: 'setting-changed' };
}

function sameStep(step: ReportedStep, { steps }: BuildGraph): ReportedStep | undefined {
  return steps.find((one) => isAlike(one, step) && one.instruction === step.instruction);
}

function isAlike(one: ReportedStep, other: ReportedStep): boolean {
  return one.platform === other.platform && one.stage === other.stage;
}

function inputsOf({ vertex }: ReportedStep, { vertexes }: BuildGraph): readonly ReportedVertex[] {
  const { inputs = [] } = vertexes[vertex ?? -1] ?? {};
  return inputs.flatMap((at) => vertexes[at] ?? []);
}

function dependsOnContext(vertex: ReportedVertex, { vertexes }: BuildGraph): boolean {
  const seen = new Set<number>();
  const visit = ({ name, inputs }: ReportedVertex): boolean =>
    isContextUpload(name) ||
    inputs.some((at) => {
      const input = vertexes[at];
      if (input === undefined || seen.has(at)) return false;
      seen.add(at);
      return visit(input);
    });
  return visit(vertex);
}
