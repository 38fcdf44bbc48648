import type { BuilderProbe } from '../../ports/builder-probe.ts';

/** Loads the probe with the first look: most builds need none. */
export function deferredProbe(cancellation: AbortSignal): BuilderProbe {
  const load = async (): Promise<BuilderProbe> => {
    const { http2Probe } = await import('./http2-probe.ts');
    return http2Probe(cancellation);
  };
  return {
    look: async (...asked) => (await load()).look(...asked),
    cacheSize: async (...asked) => (await load()).cacheSize(...asked),
  };
}
