/**
 * What the server half hands to the agent half: names are resolved, aliases are gone, defaults of the YAML are in.
 * Shape after Microsoft's AgentJobRequestMessage, cut to what a local run needs.
 */
export interface JobMessage {
  readonly jobId: string;
  readonly jobName: string;
  readonly displayName: string;
  readonly timelineId: string;
  readonly timeoutInMinutes: number;
  /** What a cancelled job may still take, post-job steps included. */
  readonly cancelTimeoutInMinutes: number;
  readonly continueOnError: boolean;
  readonly variables: readonly JobVariable[];
  readonly endpoints: readonly ServiceEndpoint[];
  readonly secureFiles: readonly SecureFile[];
  readonly repository: Repository;
  readonly steps: readonly JobStep[];
}

export interface JobVariable {
  readonly name: string;
  readonly value: string;
  readonly isSecret: boolean;
  readonly isReadOnly: boolean;
}

/** `id` is a GUID, or null for the system connection, which tasks know as SYSTEMVSSCONNECTION. */
export interface ServiceEndpoint {
  readonly id: string | null;
  readonly name: string;
  readonly url: string;
  readonly type: string;
  readonly scheme: string;
  readonly parameters: Readonly<Record<string, string>>;
  readonly data: Readonly<Record<string, string>>;
}

export interface SecureFile {
  readonly id: string;
  readonly name: string;
  /** One-time key for the download; it is masked in the log. */
  readonly ticket: string;
}

/** `folder` is an absolute path to the files that `checkout: self` gives. */
export interface Repository {
  readonly name: string;
  readonly folder: string;
}

export interface JobStep {
  readonly id: string;
  /** Reference name: the first part of `$(name.output)`. */
  readonly name: string;
  readonly displayName: string;
  readonly condition: string;
  readonly continueOnError: boolean;
  /** 0 means no limit. */
  readonly timeoutInMinutes: number;
  readonly retryCountOnTaskFailure: number;
  readonly environment: readonly (readonly [name: string, value: string])[];
  readonly inputs: Readonly<Record<string, string>>;
  readonly task: TaskReference | 'checkout';
}

/** `folder` is where the task's package lies before the agent unpacks it. */
export interface TaskReference {
  readonly id: string;
  readonly name: string;
  readonly version: string;
  readonly folder: string;
}
