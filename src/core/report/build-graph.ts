import type { ReportedStep, ReportedVertex } from './report-steps.ts';
import type { ReportedContexts } from './reported-contexts.ts';

/** What causes are looked for in: this build's own graph, or that of an earlier run. */
export interface BuildGraph extends ReportedContexts {
  readonly steps: readonly ReportedStep[];
  readonly vertexes: readonly ReportedVertex[];
}

/** What a step is made from. */
export function inputsOf(
  { vertex }: ReportedStep,
  { vertexes }: Pick<BuildGraph, 'vertexes'>,
): readonly ReportedVertex[] {
  const { inputs = [] } = vertexes[vertex ?? -1] ?? {};
  return inputs.flatMap((at) => vertexes[at] ?? []);
}
