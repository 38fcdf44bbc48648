/**
 * The agent sends SIGINT, 7.5 s later SIGTERM, 2.5 s later SIGKILL, to this process alone
 * (agent contract 5.3). We are gone within 7 s, whatever still runs.
 */
const goneWithinMs = 7_000;

/** Aborted by the first SIGINT or SIGTERM; the process then ends by itself in bounded time. */
export function cancellationOfThisStep(): AbortSignal {
  const controller = new AbortController();
  const cancel = (): void => {
    if (controller.signal.aborted) return;
    controller.abort();
    setTimeout(() => process.exit(0), goneWithinMs).unref();
  };
  process.on('SIGINT', cancel);
  process.on('SIGTERM', cancel);
  return controller.signal;
}
