import { createReadStream } from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** An attachment as the fake server shows it. */
interface StoredAttachment {
  readonly timelineId: string;
  readonly recordId: string;
  readonly type: string;
  readonly name: string;
  readonly stored: string | null;
}

/** What the fake server answers from. */
export interface FakeServerContent {
  /** Only this token is let in, as Bearer or as the password of Basic. */
  readonly token: string;
  readonly buildId: number;
  readonly attachments: () => readonly StoredAttachment[];
  /** Absolute path of a secure file for its id and ticket; null when they do not belong together. */
  readonly secureFile: (id: string, ticket: string) => string | null;
}

export interface FakeServer {
  /** `http://127.0.0.1:PORT/local/`, the collection's address. */
  readonly collectionUri: string;
  readonly stop: () => Promise<void>;
}

const LIST = /^\/local\/[^/]+\/_apis\/build\/builds\/(\d+)\/attachments\/([^/]+)$/;
const CONTENT =
  /^\/local\/[^/]+\/_apis\/build\/builds\/(\d+)\/([^/]+)\/([^/]+)\/attachments\/([^/]+)\/([^/]+)$/;
const SECURE_FILE = /^\/local\/[^/]+\/_apis\/distributedtask\/securefiles\/([^/]+)$/;

/**
 * A FAKE of Azure DevOps for the time of a run: the two GETs that read attachments back, and the download of secure
 * files. It answers 404 to everything else, so that a task that needs more is seen to need it. Loopback only.
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
  else if (request.method !== 'GET' || !answerGet(url, response, content)) {
    sendJson(response, 404, {
      message: `The fake server does not know ${request.method ?? ''} ${url.pathname}`,
    });
  }
}

/** False when there is no such thing. */
function answerGet(url: URL, response: ServerResponse, content: FakeServerContent): boolean {
  const list = LIST.exec(url.pathname);
  if (list && Number(list[1]) === content.buildId) {
    const value = listAttachments(url, decodeURIComponent(list[2] ?? ''), content);
    sendJson(response, 200, { count: value.length, value });
    return true;
  }
  const file = fileFor(url, content);
  if (!file) return false;
  response.writeHead(200, { 'content-type': 'application/octet-stream' });
  createReadStream(file)
    .on('error', () => response.destroy())
    .pipe(response);
  return true;
}

function listAttachments(url: URL, type: string, content: FakeServerContent): unknown[] {
  const base = url.pathname.slice(0, url.pathname.indexOf('/attachments/'));
  return content
    .attachments()
    .filter((item) => item.type === type && item.stored !== null)
    .map(({ timelineId, recordId, name }) => {
      const path = [timelineId, recordId, 'attachments', type, name]
        .map(encodeURIComponent)
        .join('/');
      return { name, _links: { self: { href: `${url.origin}${base}/${path}` } } };
    });
}

function fileFor(url: URL, content: FakeServerContent): string | null {
  const parts = CONTENT.exec(url.pathname)?.slice(1).map(decodeURIComponent);
  if (parts) {
    const [build, ...wanted] = parts;
    const key = (item: StoredAttachment): string =>
      [item.timelineId, item.recordId, item.type, item.name].join('/');
    if (Number(build) !== content.buildId) return null;
    return content.attachments().find((item) => key(item) === wanted.join('/'))?.stored ?? null;
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
