import { isPassingFailure } from '../registry/passing-failure.ts';
import type { FailureCause } from './failure-cause.ts';

/** What may help against a failure: the same again a little later, or another replica. */
export type Recovery = 'none' | 'again' | 'other-replica';

/** Whether trying again may help; the user's own mistakes stay what they are. */
export function recoveryOf({ kind, message }: Pick<FailureCause, 'kind' | 'message'>): Recovery {
  if (kind === 'transport') return 'other-replica';
  const isOfRegistry = kind === 'push' || kind === 'base-image' || kind === 'registry';
  return isOfRegistry && isPassingFailure(message) ? 'again' : 'none';
}

const firstWaitMs = 1_000;
const longestWaitMs = 15_000;

/** Before the first, second, ... try after the first: 1 s, 2 s, 4 s, at most 15 s. */
export function waitBefore(retry: number): number {
  return Math.min(longestWaitMs, firstWaitMs * 2 ** (retry - 1));
}
