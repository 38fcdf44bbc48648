import { createReadStream } from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type KnownRuns, attachmentsOf, listAttachments } from './attachment-lists.ts';
import { listBuilds, resourceLocations } from './build-routes.ts';
import type { StoredAttachment } from './run-store.ts';

/** What the fake server answers from. */
export interface FakeServerContent extends KnownRuns {
  /** Only this token is let in, as Bearer or as the password of Basic. */
  readonly token: string;
  /** Absolute path of a secure file for its id and ticket; null when they do not belong together. */
  readonly secureFile: (id: string, ticket: string) => string | null;
}

export interface FakeServer {
  /** `http://127.0.0.1:PORT/local/`, the collection's address. */
  readonly collectionUri: string;
  readonly stop: () => Promise<void>;
}

const AREA = /^\/local\/_apis\/build$/;
const BUILDS = /^\/local\/[^/]+\/_apis\/build\/builds\/?$/;
const LIST = /^\/local\/[^/]+\/_apis\/build\/builds\/(\d+)\/attachments\/([^/]+)$/;
const CONTENT =
  /^\/local\/[^/]+\/_apis\/build\/builds\/(\d+)\/([^/]+)\/([^/]+)\/attachments\/([^/]+)\/([^/]+)$/;
const SECURE_FILE = /^\/local\/[^/]+\/_apis\/distributedtask\/securefiles\/([^/]+)$/;

/**
 * A FAKE of Azure DevOps for the time of a run: the list of earlier runs, the two GETs that read attachments back, and
 * the download of secure files. It answers 404 to everything else, so that a task that needs more is seen to need it. Loopback only.
 */
export async function startFakeServer(content: FakeServerContent): Promise<FakeServer> {
  const server = createServer((request, response) => {
    try {
      answer(request, response, content);
    } catch (error) {
      sendJson(response, 400, { message: String(error) });
    }
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  return { collectionUri: `http://127.0.0.1:${port}/local/`, stop: () => stop(server) };
}

function stop(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => {
      resolve();
    });
    server.closeAllConnections();
  });
}

function answer(
  request: IncomingMessage,
  response: ServerResponse,
  content: FakeServerContent,
): void {
  const url = new URL(request.url ?? '/', `http://${request.headers.host ?? '127.0.0.1'}`);
  if (!isAllowed(request.headers.authorization, content.token))
    sendJson(response, 401, { message: 'Unauthorized' });
  else if (!answerKnown(request.method ?? '', url, response, content)) {
    sendJson(response, 404, {
      message: `The fake server does not know ${request.method ?? ''} ${url.pathname}`,
    });
  }
}

/** False when there is no such thing. */
function answerKnown(
  method: string,
  url: URL,
  response: ServerResponse,
  content: FakeServerContent,
): boolean {
  const value = method === 'OPTIONS' ? locationsAt(url) : valuesAt(url, content);
  if (value !== undefined) {
    sendJson(response, 200, { count: value.length, value });
    return true;
  }
  if (method !== 'GET') return false;
  const file = fileFor(url, content);
  if (!file) return false;
  response.writeHead(200, { 'content-type': 'application/octet-stream' });
  createReadStream(file)
    .on('error', () => response.destroy())
    .pipe(response);
  return true;
}

function locationsAt({ pathname }: URL): readonly unknown[] | undefined {
  return AREA.test(pathname) ? resourceLocations() : undefined;
}

/** Undefined when there is no such list. */
function valuesAt(url: URL, content: FakeServerContent): readonly unknown[] | undefined {
  if (BUILDS.test(url.pathname)) return listBuilds(url.searchParams, content.earlierRuns);
  const [, build, type = ''] = LIST.exec(url.pathname) ?? [];
  const attachments = attachmentsOf(Number(build), content);
  return attachments && listAttachments(url, decodeURIComponent(type), attachments);
}

function fileFor(url: URL, content: FakeServerContent): string | null {
  const parts = CONTENT.exec(url.pathname)?.slice(1).map(decodeURIComponent);
  if (parts) {
    const [build, ...wanted] = parts;
    const key = (item: StoredAttachment): string =>
      [item.timelineId, item.recordId, item.type, item.name].join('/');
    const attachments = attachmentsOf(Number(build), content) ?? [];
    return attachments.find((item) => key(item) === wanted.join('/'))?.stored ?? null;
  }
  const secureFile = SECURE_FILE.exec(url.pathname);
  if (!secureFile || url.searchParams.get('download') !== 'true') return null;
  return content.secureFile(secureFile[1] ?? '', url.searchParams.get('ticket') ?? '');
}

function isAllowed(header: string | undefined, token: string): boolean {
  const basic = `Basic ${Buffer.from(`:${token}`).toString('base64')}`;
  return header === `Bearer ${token}` || header === basic;
}

function sendJson(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(JSON.stringify(body));
}
