import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

/** An agent as Azure DevOps lists it. */
export interface ListedAgent {
  readonly id: number;
  readonly name: string;
  readonly status: 'online' | 'offline';
  readonly statusChangedOn: string;
}

/** Stands for Azure DevOps (one pool, distributedtask 7.1) and Microsoft Entra, which cannot be had here. */
export interface FakeAzureDevOps {
  readonly origin: string;
  /** Ids of the agents that were not removed. */
  left(): readonly number[];
  /** Every different Authorization header. */
  authorizations(): readonly string[];
  /** Bodies of the requests for a token. */
  tokenRequests(): readonly string[];
  stop(): void;
}

export async function startFakeAzureDevOps(
  pool: string,
  agents: readonly ListedAgent[],
): Promise<FakeAzureDevOps> {
  const left = new Map(agents.map((agent) => [agent.id, agent]));
  const authorizations = new Set<string>();
  const tokenRequests: string[] = [];
  const answer = async (request: IncomingMessage): Promise<unknown> => {
    const { pathname, searchParams } = new URL(request.url ?? '', 'http://localhost');
    if (pathname === '/t/oauth2/v2.0/token') {
      tokenRequests.push(await text(request));
      return { access_token: 'issued' };
    }
    if (searchParams.get('api-version') !== '7.1') return undefined;
    authorizations.add(request.headers.authorization ?? 'none');
    const pools = '/contoso/_apis/distributedtask/pools';
    if (pathname === pools) {
      return { value: searchParams.get('poolName') === pool ? [{ id: 9, name: pool }] : [] };
    }
    if (pathname === `${pools}/9/agents`) return { value: [...left.values()] };
    const id = Number(pathname.split('/').at(-1));
    return request.method === 'DELETE' && left.delete(id) ? {} : undefined;
  };
  const server = createServer((request, response) => {
    void answer(request).then((body) => {
      response.statusCode = body === undefined ? 404 : 200;
      response.end(JSON.stringify(body ?? {}));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    left: () => [...left.keys()],
    authorizations: () => [...authorizations],
    tokenRequests: () => tokenRequests,
    stop: () => server.close(),
  };
}
