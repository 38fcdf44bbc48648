import { RetryAgent, errors, request as send } from 'undici';
import type { HttpClient, HttpOutcome, HttpRequest, Trust } from '../../ports/http-client.ts';
import { dispatcherFor } from './dispatcher.ts';
import { fetchFailure } from './fetch-failure.ts';
import type { FindRoute } from './network-route.ts';

const bodyLimit = 1024 * 1024;

/** Answers of a registry may pass within seconds; what takes longer is told rather than waited for. */
const retries = {
  maxRetries: 2,
  minTimeout: 300,
  maxTimeout: 2_000,
  statusCodes: [429, 500, 502, 503, 504],
  methods: ['GET' as const, 'POST' as const, 'DELETE' as const],
  errorCodes: ['ECONNRESET', 'EPIPE', 'UND_ERR_SOCKET'],
};

export function undiciHttp(cancellation: AbortSignal, findRoute: FindRoute): HttpClient {
  const agents = new Map<string, Promise<RetryAgent>>();
  const agentFor = ({ url, trust }: HttpRequest): Promise<RetryAgent> => {
    const key = `${new URL(url).origin} ${JSON.stringify(trust)}`;
    const known = agents.get(key) ?? makeAgent(url, trust, findRoute);
    agents.set(key, known);
    return known;
  };
  return {
    send: async (request) => {
      const limit = AbortSignal.timeout(request.limitMs);
      try {
        const signal = AbortSignal.any([cancellation, limit]);
        return await answerTo(request, await agentFor(request), signal);
      } catch (error) {
        return failed(error, limit, request);
      }
    },
  };
}

async function makeAgent(
  url: string,
  trust: Trust | undefined,
  findRoute: FindRoute,
): Promise<RetryAgent> {
  const route = { ...(await findRoute(url)), ...trust };
  return new RetryAgent(dispatcherFor(url, route), retries);
}

async function answerTo(
  { method, url, headers, body }: HttpRequest,
  dispatcher: RetryAgent,
  signal: AbortSignal,
): Promise<HttpOutcome> {
  const response = await send(url, {
    ...{ method, dispatcher, signal },
    ...(headers === undefined ? {} : { headers: { ...headers } }),
    ...(body === undefined ? {} : { body }),
  });
  const text = await response.body.text();
  return {
    kind: 'answered',
    status: response.statusCode,
    headers: Object.fromEntries(
      Object.entries(response.headers).map(([name, value = '']) => [
        name,
        [value].flat().join(', '),
      ]),
    ),
    body: text.slice(0, bodyLimit),
  };
}

function failed(error: unknown, limit: AbortSignal, { limitMs }: HttpRequest): HttpOutcome {
  // The status of the last try, whose body undici throws away.
  if (error instanceof errors.RequestRetryError) {
    return { kind: 'answered', status: error.statusCode, headers: {}, body: '' };
  }
  if (limit.aborted) {
    return { kind: 'failed', code: 'TIMEOUT', message: `no answer within ${limitMs / 1000} s` };
  }
  const { code, message } = networkFailure(error);
  return { kind: 'failed', code, message };
}

function networkFailure(error: unknown): { readonly code: string; readonly message: string } {
  const failure = fetchFailure(error, undefined);
  return 'code' in failure ? failure : { code: failure.kind, message: String(error) };
}
