import { Readable } from 'node:stream';
import { fetch } from 'undici';
import type { FetchFailure } from '../../core/buildx/fetch-problem.ts';
import type { ReleaseOrigin } from '../../core/buildx/release-plan.ts';
import type { FetchOutcome, FetchRequest, FileFetcher } from '../../ports/file-fetcher.ts';
import { openFile } from '../files/open-file.ts';
import { writeVerified } from '../files/verified-file.ts';
import { dispatcherFor } from './dispatcher.ts';
import { fetchFailure } from './fetch-failure.ts';
import type { FindRoute } from './network-route.ts';

type Opened =
  | { readonly source: Readable; readonly bytes: number | undefined }
  | { readonly failure: FetchFailure };

/** Fetches with undici: Node 20's own fetch knows no proxy and no further authority. */
export function undiciFetcher(cancellation: AbortSignal, findRoute: FindRoute): FileFetcher {
  return {
    fetch: async (request) => {
      const { origin, limitMs } = request;
      const limit = AbortSignal.timeout(limitMs);
      const signal = AbortSignal.any([cancellation, limit]);
      try {
        return await receive(request, signal, findRoute);
      } catch (error) {
        if (limit.aborted) return failed({ kind: 'timeout', afterMs: limitMs });
        const sourcePath = origin.kind === 'file' ? origin.path : undefined;
        return failed(fetchFailure(error, sourcePath));
      }
    },
  };
}

async function receive(
  request: FetchRequest,
  signal: AbortSignal,
  findRoute: FindRoute,
): Promise<FetchOutcome> {
  const { origin } = request;
  const opened =
    origin.kind === 'file'
      ? ((await openFile(origin.path)) ?? { failure: { kind: 'no-file' } as const })
      : await openUrl(origin, signal, findRoute);
  if ('failure' in opened) return failed(opened.failure);
  return writeVerified(opened.source, request, opened.bytes, signal);
}

async function openUrl(
  { url, authorization }: Extract<ReleaseOrigin, { readonly kind: 'url' }>,
  signal: AbortSignal,
  findRoute: FindRoute,
): Promise<Opened> {
  const dispatcher = dispatcherFor(url, await findRoute(url));
  const headers = authorization === undefined ? {} : { authorization };
  const response = await fetch(url, { dispatcher, signal, headers });
  if (!response.ok || response.body === null) {
    await response.body?.cancel();
    return { failure: { kind: 'http', status: response.status } };
  }
  const length = Number(response.headers.get('content-length') ?? Number.NaN);
  const bytes = Number.isFinite(length) ? length : undefined;
  return { source: Readable.fromWeb(response.body), bytes };
}

function failed(failure: FetchFailure): FetchOutcome {
  return { kind: 'failed', failure };
}
