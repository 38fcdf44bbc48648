import { type IncomingMessage, type RequestOptions, request as plainRequest } from 'node:http';
import { request as secureRequest } from 'node:https';
import pRetry from 'p-retry';
import type { HttpClient, HttpOutcome, HttpRequest } from '../../ports/http-client.ts';
import { fetchFailure } from './fetch-failure.ts';
import type { FindRoute } from './network-route.ts';
import { routeOptions } from './route-options.ts';

/** Characters. */
const bodyLimit = 1024 * 1024;

/** Answers of a registry may pass within seconds; what takes longer is told rather than waited for. */
const retries = { retries: 2, minTimeout: 300, maxTimeout: 2_000 };
const passingStatus = new Set([429, 500, 502, 503, 504]);
const passingCodes = new Set(['ECONNRESET', 'EPIPE']);

/** An answer that may be another one in a moment. */
class PassingAnswer extends Error {
  readonly outcome: HttpOutcome;

  constructor(outcome: HttpOutcome) {
    super('passing answer');
    this.outcome = outcome;
  }
}

/** Requests with Node's own http and https: they are loaded within a tenth of the time of any other library. */
export function nodeHttp(cancellation: AbortSignal, findRoute: FindRoute): HttpClient {
  const routes = new Map<string, Promise<RequestOptions>>();
  const routeTo = ({ url, trust }: HttpRequest): Promise<RequestOptions> => {
    const key = `${new URL(url).origin} ${JSON.stringify(trust)}`;
    const found = async () => routeOptions(url, { ...(await findRoute(url)), ...trust });
    const known = routes.get(key) ?? found();
    routes.set(key, known);
    return known;
  };
  return {
    send: async (request) => {
      const limit = AbortSignal.timeout(request.limitMs);
      const signal = AbortSignal.any([cancellation, limit]);
      try {
        const options = { ...(await routeTo(request)), signal };
        const shouldRetry = ({ error }: { readonly error: Error }): boolean => isPassing(error);
        return await pRetry(() => answerTo(request, options), { ...retries, shouldRetry, signal });
      } catch (error) {
        return error instanceof PassingAnswer ? error.outcome : failed(error, limit, request);
      }
    },
  };
}

async function answerTo(
  { method, url, headers, body }: HttpRequest,
  options: RequestOptions,
): Promise<HttpOutcome> {
  const send = url.startsWith('https:') ? secureRequest : plainRequest;
  const response = await new Promise<IncomingMessage>((resolve, reject) => {
    const sent = send(url, { ...options, method, headers: { ...headers } }, resolve);
    sent.once('error', reject).end(body);
  });
  const outcome: HttpOutcome = {
    kind: 'answered',
    status: response.statusCode ?? 0,
    headers: Object.fromEntries(
      Object.entries(response.headers).map(([name, value = '']) => [
        name,
        [value].flat().join(', '),
      ]),
    ),
    body: await textOf(response),
  };
  if (passingStatus.has(outcome.status)) throw new PassingAnswer(outcome);
  return outcome;
}

async function textOf(response: IncomingMessage): Promise<string> {
  let text = '';
  for await (const part of response.setEncoding('utf8')) {
    text += String(part);
    if (text.length >= bodyLimit) break;
  }
  return text.slice(0, bodyLimit);
}

function isPassing(error: unknown): boolean {
  if (error instanceof PassingAnswer) return true;
  return passingCodes.has(networkFailure(error).code);
}

function failed(error: unknown, limit: AbortSignal, { limitMs }: HttpRequest): HttpOutcome {
  if (limit.aborted) {
    return { kind: 'failed', code: 'TIMEOUT', message: `no answer within ${limitMs / 1000} s` };
  }
  return { kind: 'failed', ...networkFailure(error) };
}

function networkFailure(error: unknown): { readonly code: string; readonly message: string } {
  const failure = fetchFailure(error, undefined);
  if (!('code' in failure)) return { code: failure.kind, message: String(error) };
  return { code: failure.code, message: failure.message };
}
