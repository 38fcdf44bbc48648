import type { ContentIndex } from '../context/content-index.ts';
import type { ReportedStep, ReportedVertex } from './report-steps.ts';

/** What causes are looked for in: this build's own graph, or that of an earlier run. */
export interface BuildGraph {
  readonly steps: readonly ReportedStep[];
  readonly vertexes: readonly ReportedVertex[];
  readonly context?: ContentIndex | undefined;
}
