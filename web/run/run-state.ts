import type { ReportContent } from './read-report.ts';
import type { Build } from './build.ts';
import type { Step } from './timeline.ts';

/** One report of the run. */
export interface ShownReport {
  /** The same as long as it is the same report of the same attempt. */
  readonly key: string;
  /** Undefined where the timeline could not be read. */
  readonly step: Step | undefined;
  /** Of the attachment. */
  readonly name: string;
  readonly content: ReportContent;
  /** Where the attachment opens in a browser. */
  readonly address: string;
}

/** All that the page shows of a run at one moment. */
export interface RunState {
  readonly build: Build;
  /** In the order of the run. */
  readonly reports: readonly ShownReport[];
  /** Steps of ours at work, or failed before they could report. */
  readonly silent: readonly Step[];
  /** How many reports belong to attempts that were run again. */
  readonly earlier: number;
}
