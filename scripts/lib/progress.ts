/** Takes one line for the person who is waiting. */
export type Log = (line: string) => void;

const heartbeat = 20_000;

/**
 * Awaits slow work and says every 20 s that it still goes on.
 * @param what names the work, such as `building buildx`
 */
export async function reportingProgress<T>(log: Log, what: string, work: Promise<T>): Promise<T> {
  const begin = Date.now();
  const timer = setInterval(() => {
    log(`  still ${what} (${Math.round((Date.now() - begin) / 1000)} s)`);
  }, heartbeat);
  try {
    return await work;
  } finally {
    clearInterval(timer);
  }
}
