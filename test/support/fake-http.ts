import type { HttpClient, HttpOutcome, HttpRequest } from '../../src/ports/http-client.ts';

export interface FakeHttp extends HttpClient {
  /** Every request, in order. */
  readonly requests: readonly HttpRequest[];
}

/** An answer of a server. */
export function answered(
  status: number,
  body = '',
  headers: Readonly<Record<string, string>> = {},
): HttpOutcome {
  return { kind: 'answered', status, headers, body };
}

/** Stands for the network in unit tests of workflows. By default every registry takes every push. */
export function fakeHttp(
  answer: (request: HttpRequest) => HttpOutcome = () => answered(202),
): FakeHttp {
  const requests: HttpRequest[] = [];
  return {
    requests,
    send: (request) => {
      requests.push(request);
      return Promise.resolve(answer(request));
    },
  };
}
