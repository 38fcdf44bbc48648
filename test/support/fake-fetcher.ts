import type { FetchOutcome, FetchRequest, FileFetcher } from '../../src/ports/file-fetcher.ts';

export interface FakeFetcher extends FileFetcher {
  /** Every file asked for, in order. */
  readonly requests: readonly FetchRequest[];
}

/** Stands for the network: every file has this outcome; without one it must not be asked. */
export function fakeFetcher(outcome?: FetchOutcome): FakeFetcher {
  const requests: FetchRequest[] = [];
  return {
    requests,
    fetch: (request) => {
      requests.push(request);
      return outcome === undefined
        ? Promise.reject(new Error('Nothing is to be downloaded here.'))
        : Promise.resolve(outcome);
    },
  };
}
