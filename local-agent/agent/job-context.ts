import type { JobMessage, ServiceEndpoint } from '../protocol/job-message.ts';
import type { AttachmentStore } from './attachments.ts';
import type { Directories } from './directories.ts';
import type { JobLifetime } from './job-lifetime.ts';
import type { JobLog } from './log.ts';
import type { SecretMasker } from './masker.ts';
import type { TaskResult } from './result.ts';
import type { VariableStore } from './variables.ts';

/** What the steps of one job share and change. */
export interface JobContext {
  readonly message: JobMessage;
  readonly directories: Directories;
  readonly variables: VariableStore;
  readonly masker: SecretMasker;
  readonly log: JobLog;
  readonly attachments: AttachmentStore;
  /** The agent's own environment. */
  readonly process: NodeJS.ProcessEnv;
  /** `task.setendpoint` replaces entries. */
  endpoints: ServiceEndpoint[];
  /** From `task.prependpath`, newest first. */
  prependedPath: string[];
  result: TaskResult | null;
  readonly lifetime: JobLifetime;
}

/** A knob of the agent: a job variable, else a variable of the agent's own environment. */
export function knob({ variables, process }: JobContext, name: string): string | undefined {
  return variables.get(name) ?? process[name];
}
