/**
 * Turns Ctrl+C and SIGTERM into the server's cancel. The first one cancels; later ones are answered with a sentence, so
 * that impatience does not break the post steps. The answer stops listening.
 */
export function onCancelSignals(say: (text: string) => void): {
  readonly signal: AbortSignal;
  readonly stop: () => void;
} {
  const controller = new AbortController();
  const cancel = (): void => {
    if (controller.signal.aborted)
      say('##[warning]Already canceling: post-job steps are still to run.');
    else say('##[warning]Canceling: the running step gets SIGINT, then post-job steps run.');
    controller.abort();
  };
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
  for (const signal of signals) process.on(signal, cancel);
  return {
    signal: controller.signal,
    stop: () => {
      for (const signal of signals) process.off(signal, cancel);
    },
  };
}
