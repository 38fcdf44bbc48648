import type { HttpClient } from '../../ports/http-client.ts';
import type { FindRoute } from './network-route.ts';

/** HTTP that loads with the first request: many steps send none. */
export function deferredHttp(cancellation: AbortSignal, findRoute: FindRoute): HttpClient {
  let client: Promise<HttpClient> | undefined;
  return {
    send: async (request) => {
      client ??= import('./node-http.ts').then(({ nodeHttp }) => nodeHttp(cancellation, findRoute));
      return (await client).send(request);
    },
  };
}
