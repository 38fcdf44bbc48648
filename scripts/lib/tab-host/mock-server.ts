import { type IncomingMessage, type Server, type ServerResponse, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { answerFor } from './build-api.ts';
import { type MockAnswer, json } from './mock-answer.ts';
import type { MockRun } from './mock-run.ts';

export interface MockServerOptions {
  readonly token: string;
  readonly project: string;
  /** As they are when they are asked for. */
  readonly runs: () => readonly MockRun[];
  /** Other answers than the real ones, by the path of the question. */
  readonly fault?: (path: string) => MockAnswer | 'no answer' | undefined;
  /** Pages beside the REST API, by path. */
  readonly page?: (path: string) => MockAnswer | undefined;
}

export interface MockServer {
  /** e.g. `http://127.0.0.1:4000`. */
  readonly origin: string;
  /** Of the collection. */
  readonly collection: string;
  /** Paths that were asked for, in order. */
  readonly asked: readonly string[];
  readonly stop: () => Promise<void>;
}

const organization = 'contoso';

/**
 * A MOCK of Azure DevOps, which cannot be had here: the part of its REST API 7.0 that the tab asks, with its rules about
 * other origins, tokens and versions. Loopback only.
 */
export async function startMockServer(options: MockServerOptions): Promise<MockServer> {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    const path = request.url ?? '/';
    const isQuestion = request.method !== 'OPTIONS';
    if (isQuestion) asked.push(path);
    const answer = (isQuestion ? options.fault?.(path) : undefined) ?? answerTo(request, options);
    if (answer === 'no answer') response.destroy();
    else send(response, answer, request.headers.origin);
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return { origin, collection: `${origin}/${organization}/`, asked, stop: () => stop(server) };
}

function answerTo(request: IncomingMessage, options: MockServerOptions): MockAnswer {
  const url = new URL(request.url ?? '/', `http://${request.headers.host ?? ''}`);
  if (request.method === 'OPTIONS') return { status: 200, type: 'text/plain', body: '' };
  const page = options.page?.(url.pathname);
  if (page !== undefined) return page;
  if (request.headers.authorization !== `Bearer ${options.token}`) {
    return { status: 401, type: 'text/html', body: '' };
  }
  const prefix = `/${organization}/${options.project}/_apis/build/builds`;
  if (!url.pathname.startsWith(prefix)) return json(404, { message: 'Page not found.' });
  return answerFor(url, url.pathname.slice(prefix.length), options.runs());
}

function send(response: ServerResponse, answer: MockAnswer, origin: string | undefined): void {
  response.writeHead(answer.status, {
    'content-type': answer.type,
    'cache-control': 'no-store',
    // As Azure DevOps answers to an extension's frame.
    ...(origin === undefined
      ? {}
      : {
          'access-control-allow-origin': origin,
          'access-control-allow-headers': 'authorization, accept, x-tfs-fedauthredirect',
          'access-control-allow-methods': 'OPTIONS,GET',
        }),
  });
  response.end(answer.body);
}

function stop(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => {
      resolve();
    });
    server.closeAllConnections();
  });
}
