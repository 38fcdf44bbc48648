import { promises as dns } from 'node:dns';
import type { Lookup } from '../../core/buildkit/replicas.ts';
import type { Resolver } from '../../ports/resolver.ts';

/** Asks the DNS servers of /etc/resolv.conf, by node:dns. */
export function nodeResolver(cancellation: AbortSignal): Resolver {
  const within = <T>(limitMs: number, asked: Promise<readonly T[]>): Promise<Lookup<T>> =>
    Promise.race([
      asked.then((records): Lookup<T> => ({ kind: 'found', records }), failed),
      patience(AbortSignal.any([cancellation, AbortSignal.timeout(limitMs)])),
    ]);
  return {
    services: (name, limitMs) => within(limitMs, services(name)),
    addresses: (host, limitMs) => within(limitMs, addresses(host)),
  };
}

async function services(name: string) {
  const records = await dns.resolveSrv(name);
  return records.map(({ name: target, port, priority }) => ({
    target: target.replace(/\.$/, ''),
    port,
    priority,
  }));
}

async function addresses(host: string): Promise<readonly string[]> {
  const found = await dns.lookup(host, { all: true });
  return found.map(({ address }) => address);
}

function failed(error: unknown): Lookup<never> {
  const code = error instanceof Error && 'code' in error ? String(error.code) : String(error);
  return { kind: 'failed', code };
}

function patience(signal: AbortSignal): Promise<Lookup<never>> {
  return new Promise((resolve) => {
    const giveUp = (): void => {
      resolve({ kind: 'failed', code: 'ETIMEOUT' });
    };
    signal.addEventListener('abort', giveUp, { once: true });
    if (signal.aborted) giveUp();
  });
}
