/** What is told of a build beside its result. */
export interface ReportRequest {
  /** What findings of the Dockerfile's checks are: nothing, warnings, or a reason to fail before anything is pushed. */
  readonly lint: 'off' | 'warn' | 'error';
  /** Whether the report and the summary are attached. */
  readonly isReported: boolean;
  /** Whether BuildKit's own record of the build becomes an artifact. */
  readonly isRecorded: boolean;
}
