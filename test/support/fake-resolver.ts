import type { Lookup, ServiceRecord } from '../../src/core/buildkit/replicas.ts';
import type { Resolver } from '../../src/ports/resolver.ts';

/** DNS that knows these names and no other. */
export function fakeResolver(
  known: {
    readonly services?: Readonly<Record<string, readonly ServiceRecord[]>>;
    readonly addresses?: Readonly<Record<string, readonly string[]>>;
  } = {},
): Resolver {
  const answer = <T>(records: readonly T[] | undefined): Promise<Lookup<T>> =>
    Promise.resolve(
      records === undefined ? { kind: 'failed', code: 'ENOTFOUND' } : { kind: 'found', records },
    );
  return {
    services: (name) => answer(known.services?.[name]),
    addresses: (host) => answer(known.addresses?.[host]),
  };
}
