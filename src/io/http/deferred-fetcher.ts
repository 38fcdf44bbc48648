import type { FileFetcher } from '../../ports/file-fetcher.ts';
import type { FindRoute } from './network-route.ts';

/** Fetches with undici, which loads with the first file: nearly every step needs none. */
export function deferredFetcher(cancellation: AbortSignal, findRoute: FindRoute): FileFetcher {
  return {
    fetch: async (request) => {
      const { undiciFetcher } = await import('./undici-fetcher.ts');
      return undiciFetcher(cancellation, findRoute).fetch(request);
    },
  };
}
