import type { TlsMaterial } from '../../src/core/buildkit/tls-material.ts';
import type { BuilderProbe } from '../../src/ports/builder-probe.ts';
import type { ChosenNode } from './choose-nodes.ts';
import { tlsFor } from './look-at-replicas.ts';

/** It is only for people to read, so a daemon with a large cache is not waited for. */
const limitMs = 400;
/** ssh and kubectl take as long as buildx, which starts them at the same time. */
const programLimitMs = 2_000;

/** Bytes in the caches of the chosen daemons by URL, of those that say so in time. Never rejects. */
export async function askCacheSizes(
  nodes: readonly ChosenNode[],
  tls: TlsMaterial | undefined,
  probe: BuilderProbe,
): Promise<ReadonlyMap<string, number>> {
  const endpoints = nodes.map(({ choice }) => choice.replica.endpoint);
  const sizes = await Promise.all(
    endpoints.map(async (endpoint): Promise<readonly (readonly [string, number])[]> => {
      const withinMs = endpoint.kind === 'program' ? programLimitMs : limitMs;
      const size = await probe.cacheSize(endpoint, tlsFor(endpoint, tls), withinMs);
      return size === undefined ? [] : [[endpoint.url, size]];
    }),
  );
  return new Map(sizes.flat());
}
