import { once } from 'node:events';

/**
 * Waits while the reader of our log is behind. A pipe takes lines without limit and Node keeps in memory what
 * the reader has not taken yet (nodejs.org/api/process.html, "A note on process I/O").
 */
export async function readerCatchesUp(): Promise<void> {
  if (process.stdout.writableNeedDrain) await (draining ??= drained());
}

/** One wait for all who wait. */
let draining: Promise<void> | undefined;

async function drained(): Promise<void> {
  await once(process.stdout, 'drain');
  draining = undefined;
}
