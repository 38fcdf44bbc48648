import { setTimeout as sleep } from 'node:timers/promises';

const pause = 200;

/**
 * Asks again every 200 ms until the answer is yes.
 * @param what completes "Waited 5 s in vain for ..."
 * @throws Error after the limit
 */
export async function waitFor(
  what: string,
  limitSeconds: number,
  question: () => boolean | Promise<boolean>,
): Promise<void> {
  const end = Date.now() + limitSeconds * 1000;
  while (!(await question())) {
    if (Date.now() > end) throw new Error(`Waited ${limitSeconds} s in vain for ${what}.`);
    await sleep(pause);
  }
}
