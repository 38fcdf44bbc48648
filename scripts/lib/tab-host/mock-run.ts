/** A record of a run's timeline, as the REST API has it. */
export interface MockRecord {
  readonly id: string;
  readonly parentId?: string;
  readonly type: 'Stage' | 'Phase' | 'Job' | 'Task';
  readonly name: string;
  readonly order: number;
  readonly state: 'pending' | 'inProgress' | 'completed';
  readonly result?: string;
  readonly finishTime?: string;
  readonly attempt?: number;
  readonly task?: { readonly id: string; readonly name: string; readonly version: string };
  readonly previousAttempts?: readonly {
    readonly attempt: number;
    readonly timelineId: string;
    readonly recordId: string;
  }[];
}

export interface MockAttachment {
  readonly timeline: string;
  readonly record: string;
  readonly type: string;
  readonly name: string;
  /** Undefined: it is listed, and not there any more. */
  readonly text: string | undefined;
}

/** A run as the mock server tells it. */
export interface MockRun {
  readonly id: number;
  readonly buildNumber: string;
  readonly status: 'inProgress' | 'completed';
  readonly result?: 'succeeded' | 'failed' | 'canceled' | 'partiallySucceeded';
  readonly definition: number;
  readonly sourceBranch: string;
  readonly finishTime?: string;
  readonly timeline: string;
  readonly records: readonly MockRecord[];
  readonly attachments: readonly MockAttachment[];
}
