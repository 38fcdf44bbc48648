import type { JobMessage } from '../protocol/job-message.ts';

/** How long a job may live, and who ends it earlier. */
export interface JobLifetime {
  /** Aborted when the user cancels, or the job's own timeout is over. */
  readonly cancel: AbortSignal;
  /** Aborted when a cancelled job has used up its time: nothing more may run, not even post-job steps. */
  readonly shutdown: AbortSignal;
  /** Stops the clocks. */
  readonly end: () => void;
}

/** Starts a job's clocks; `user` is the server's cancel. `complain` is told when the time is over. */
export function startLifetime(
  { timeoutInMinutes, cancelTimeoutInMinutes }: JobMessage,
  user: AbortSignal,
  complain: (text: string) => void,
): JobLifetime {
  const cancel = new AbortController();
  const shutdown = new AbortController();
  const clocks = new Clocks(complain);
  cancel.signal.addEventListener('abort', () => {
    clocks.start(cancelTimeoutInMinutes, TOO_LATE, shutdown);
  });
  const abort = (): void => {
    cancel.abort();
  };
  clocks.start(timeoutInMinutes, TOO_LONG, cancel);
  if (user.aborted) abort();
  else user.addEventListener('abort', abort, { once: true });
  const end = (): void => {
    clocks.stop();
    user.removeEventListener('abort', abort);
  };
  return { cancel: cancel.signal, shutdown: shutdown.signal, end };
}

const TOO_LONG = 'The job running on agent local-agent ran longer than its maximum time';
const TOO_LATE = 'The job did not end in time after its cancellation; what is left is not run';

/** Timers that complain before they abort something. */
class Clocks {
  private readonly timers: NodeJS.Timeout[] = [];
  private readonly complain: (text: string) => void;

  constructor(complain: (text: string) => void) {
    this.complain = complain;
  }

  /** 0 minutes is no limit. */
  start(minutes: number, text: string, target: AbortController): void {
    if (minutes === 0) return;
    const expire = (): void => {
      this.complain(`${text} (${minutes} minutes).`);
      target.abort();
    };
    this.timers.push(setTimeout(expire, minutes * 60_000));
  }

  stop(): void {
    this.timers.forEach(clearTimeout);
  }
}
