import type { FailureCause } from './failure-cause.ts';

/** What may help against a failure: the same again a little later, or another replica. */
export type Recovery = 'none' | 'again' | 'other-replica';

/** Registries answer so when they are busy or restarting; the text is buildkit's own (util/resolver, containerd/remotes). */
const passing =
  /\b(429|500|502|503|504)\b|too many requests|toomanyrequests|internal server error|bad gateway|service unavailable|gateway time-?out|connection re(set|fused)|TLS handshake timeout|i\/o timeout|unexpected EOF|server closed idle connection|: EOF$|broken pipe/i;

/** Whether trying again may help; the user's own mistakes stay what they are. */
export function recoveryOf({ kind, message }: Pick<FailureCause, 'kind' | 'message'>): Recovery {
  if (kind === 'transport') return 'other-replica';
  const isOfRegistry = kind === 'push' || kind === 'base-image' || kind === 'registry';
  return isOfRegistry && isPassing(message) ? 'again' : 'none';
}

/** Whether a registry's answer may be another one a little later. */
export function isPassing(message: string): boolean {
  return passing.test(message) && !/\b(401|403)\b|denied|unauthorized/i.test(message);
}

const firstWaitMs = 1_000;
const longestWaitMs = 15_000;

/** Before the first, second, ... try after the first: 1 s, 2 s, 4 s, at most 15 s. */
export function waitBefore(retry: number): number {
  return Math.min(longestWaitMs, firstWaitMs * 2 ** (retry - 1));
}
