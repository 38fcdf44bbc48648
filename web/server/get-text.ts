import { ServerError } from './server-error.ts';

/** Answers take longer only when something hangs. */
const answerLimitMs = 20_000;

/** The part of the browser's fetch that we use. */
export type Fetch = (url: string, init: RequestInit) => Promise<Response>;

export interface Question {
  readonly url: string;
  readonly token: string;
  /** More than this is not read. */
  readonly mostBytes: number;
  /** Ends the question early, beside the limit that every question has. */
  readonly signal?: AbortSignal | undefined;
}

/** The body of a GET. @throws ServerError */
export async function getText(question: Question, fetch: Fetch): Promise<string> {
  const { url, token, mostBytes } = question;
  const limit = AbortSignal.timeout(answerLimitMs);
  const signal = question.signal === undefined ? limit : AbortSignal.any([limit, question.signal]);
  try {
    const response = await fetch(url, {
      headers: {
        accept: 'application/json',
        authorization: `Bearer ${token}`,
        // Without it the server answers a stale token with its sign-in page.
        'x-tfs-fedauthredirect': 'Suppress',
      },
      signal,
    });
    check(response);
    return await textOf(response, mostBytes);
  } catch (error) {
    if (error instanceof ServerError) throw error;
    throw new ServerError({ kind: 'unreachable', what: whatHappened(error) });
  }
}

function check(response: Response): void {
  const { ok, status } = response;
  const isPage = response.headers.get('content-type')?.startsWith('text/html') === true;
  if (status === 401 || status === 403 || (ok && isPage)) {
    throw new ServerError({ kind: 'not-allowed' });
  }
  if (status === 404) throw new ServerError({ kind: 'not-found' });
  if (!ok) throw new ServerError({ kind: 'unexpected', what: `The server answered ${status}.` });
}

/** Stops reading at the limit: the length is told only of what is sent uncompressed. */
async function textOf({ body }: Response, mostBytes: number): Promise<string> {
  if (body === null) return '';
  const reader = body.getReader();
  const decoder = new TextDecoder();
  let text = '';
  let bytes = 0;
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    bytes += part.value.byteLength;
    if (bytes > mostBytes) {
      await reader.cancel();
      throw new ServerError({ kind: 'too-large', bytes: mostBytes });
    }
    text += decoder.decode(part.value, { stream: true });
  }
  return text + decoder.decode();
}

function whatHappened(error: unknown): string {
  if (error instanceof DOMException && error.name === 'TimeoutError') {
    return `The server gave no answer in ${answerLimitMs / 1000} s.`;
  }
  return 'The server could not be reached.';
}
