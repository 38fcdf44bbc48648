import { once } from 'node:events';
import { type IncomingMessage, type ServerResponse, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

/** An agent as it registered itself. */
interface RegisteredAgent {
  readonly id: number;
  readonly name: string;
  /** Names of variables, and the lines of `.capabilities`. */
  readonly capabilities: readonly string[];
}

export interface AgentPool {
  /** `http://127.0.0.1:PORT`: Azure DevOps' and Microsoft Entra's. */
  readonly url: string;
  /** Those that are registered now. */
  readonly agents: readonly RegisteredAgent[];
  /** `METHOD user:password` of each call. */
  readonly calls: readonly string[];
  /** The forms by which tokens were asked for. */
  readonly forms: readonly Readonly<Record<string, string>>[];
  /** Refuses so many calls from now on. */
  refuse(calls: number): void;
  close(): void;
}

const poolId = 7;

/**
 * A stand-in on loopback for the calls by which an agent comes into its pool and leaves it (REST API, resource
 * `distributedtask/pools`), and for the token endpoint of Microsoft Entra. Each token is another one, `entra-1` first.
 */
export async function startAgentPool(): Promise<AgentPool> {
  const agents: RegisteredAgent[] = [];
  const calls: string[] = [];
  const forms: Record<string, string>[] = [];
  let refusals = 0;
  const answer = async (request: IncomingMessage): Promise<object | undefined> => {
    const { method = '', url = '' } = request;
    const body = await text(request);
    if (url.endsWith('/oauth2/v2.0/token')) return token(body, forms);
    calls.push(`${method} ${basic(request)}`);
    if (refusals > 0) {
      refusals -= 1;
      return undefined;
    }
    if (method === 'GET') return { value: [{ id: poolId }] };
    if (method === 'POST') return register(body, agents);
    const id = Number(url.split('/').pop());
    agents.splice(
      agents.findIndex((agent) => agent.id === id),
      1,
    );
    return {};
  };
  const server = createServer((request, response) => {
    void answer(request).then((found) => {
      send(response, found);
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    ...{ url: `http://127.0.0.1:${port}`, agents, calls, forms },
    refuse: (count) => {
      refusals = count;
    },
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}

function send(response: ServerResponse, found: object | undefined): void {
  const status = found === undefined ? 401 : 200;
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(JSON.stringify(found ?? {}));
}

function token(body: string, forms: Record<string, string>[]): object {
  const form = Object.fromEntries(new URLSearchParams(body));
  forms.push(form);
  if (form['client_assertion'] === 'unknown') {
    return { error: 'invalid_client', error_description: 'AADSTS70021: no matching credential' };
  }
  return { token_type: 'Bearer', expires_in: 3599, access_token: `entra-${forms.length}` };
}

function register(body: string, agents: RegisteredAgent[]): object {
  const agent = JSON.parse(body) as Omit<RegisteredAgent, 'id'>;
  const id = 11 + agents.length;
  agents.push({ ...agent, id });
  return { id, name: agent.name };
}

function basic({ headers }: IncomingMessage): string {
  const [, encoded = ''] = (headers.authorization ?? '').split(' ');
  return Buffer.from(encoded, 'base64').toString();
}
