import type { JobVariable } from '../protocol/job-message.ts';
import type { Position } from './yaml/problem.ts';
import type { Located } from './yaml/reader.ts';

/** A pipeline file as written: `${{ }}` replaced, nothing resolved yet. */
export interface Pipeline {
  readonly jobs: readonly PipelineJob[];
  /** Keys that only matter to the server (trigger, pool, …), in file order. */
  readonly unused: readonly string[];
}

export interface PipelineJob {
  readonly name: string;
  readonly displayName: string;
  readonly condition: Located<string> | null;
  readonly continueOnError: boolean;
  readonly timeoutInMinutes: number;
  readonly variables: readonly JobVariable[];
  readonly steps: readonly PipelineStep[];
}

export interface PipelineStep {
  readonly at: Position;
  /** `Name@Major`, or `checkout`. `script` and `bash` have become CmdLine@2 and Bash@3, as on the server. */
  readonly task: Located<string>;
  readonly inputs: ReadonlyMap<string, Located<string>>;
  readonly name: Located<string> | null;
  readonly displayName: string | null;
  readonly condition: Located<string> | null;
  readonly continueOnError: boolean;
  readonly enabled: boolean;
  readonly environment: readonly (readonly [string, string])[];
  readonly timeoutInMinutes: number;
  readonly retryCountOnTaskFailure: number;
}
