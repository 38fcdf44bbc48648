import { createHash } from 'node:crypto';

/**
 * Replicas by falling preference for a key: rendezvous (highest random weight) hashing, Thaler and Ravishankar 1998.
 * Each replica's score depends on the key and its own stable name only, so one that goes takes away just its own keys.
 */
export function rankReplicas<T extends { readonly name: string }>(
  key: string,
  replicas: readonly T[],
): readonly T[] {
  const scored = replicas.map((replica) => ({ replica, score: score(key, replica.name) }));
  scored.sort((a, b) => Buffer.compare(b.score, a.score));
  return scored.map(({ replica }) => replica);
}

function score(key: string, name: string): Buffer {
  return createHash('sha256').update(`${name}\0${key}`).digest();
}
