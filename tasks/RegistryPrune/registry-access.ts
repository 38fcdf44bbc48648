import pLimit from 'p-limit';
import { UserError } from '../../src/core/errors.ts';
import { authConfig, configKey } from '../../src/core/registry/auth-config.ts';
import { speaksPlainHttp } from '../../src/core/registry/api-address.ts';
import { storedLogin } from '../../src/core/registry/stored-login.ts';
import { agentsConfig, logIn } from '../../src/workflows/registry-login.ts';
import { RegistrySession } from '../../src/workflows/registry-session.ts';
import type { PrunePorts } from './prune-ports.ts';
import type { CheckedRequest } from './read-request.ts';
import { readingProgress } from './reading-progress.ts';
import { refusalProblem } from './refusal-problem.ts';
import { type Limit, RegistryClient } from './registry-client.ts';

/** Makes clients of the registry, each with a token for what it is about to do and no more. */
export interface RegistryAccess {
  readonly catalog: () => RegistryClient;
  /** @param repository without the registry's host */
  readonly reading: (repository: string) => RegistryClient;
  readonly deleting: (repository: string) => RegistryClient;
}

/**
 * Logs in, and finds out whether the registry speaks HTTPS or, where it may, plain HTTP.
 * @throws UserError when it does not answer, or refuses the login
 */
export async function openRegistry(
  request: CheckedRequest,
  concurrency: number,
  ports: PrunePorts,
): Promise<RegistryAccess> {
  const { account, place } = request;
  const logins = await logIn(account === undefined ? [] : [account], ports);
  const config = authConfig(logins, await agentsConfig(ports));
  const login = storedLogin(config, configKey(place.host));
  const address = await answeringAddress(request, ports);
  const limit = pLimit(concurrency);
  const answered = readingProgress(ports);
  const reading: Limit = async (work) => limit(work).finally(answered);
  const clients = new Map<string, RegistryClient>();
  // One for each scope, so that a token is asked for once.
  const client = (scope: string, within: Limit): RegistryClient => {
    const session = new RegistrySession(scope, login, ports);
    const known =
      clients.get(scope) ??
      new RegistryClient(session, `${address}/v2`, within, ports.cancellation);
    clients.set(scope, known);
    return known;
  };
  return {
    catalog: () => client('registry:catalog:*', reading),
    reading: (repository) => client(`repository:${repository}:pull`, reading),
    deleting: (repository) => client(`repository:${repository}:pull,delete`, limit),
  };
}

/** A login is not asked for here: whether it is right shows where it is needed. */
async function answeringAddress(request: CheckedRequest, ports: PrunePorts): Promise<string> {
  const [first = '', ...others] = request.place.addresses;
  for (const [at, address] of [first, ...others].entries()) {
    const session = new RegistrySession('', { kind: 'none' }, ports);
    const answer = await session.ask({ method: 'GET', url: `${address}/v2/` });
    const isNext = answer.kind === 'unreachable' && speaksPlainHttp(answer.code);
    if (isNext && at < others.length) continue;
    if (answer.kind !== 'unreachable') return address;
    const asked = { ...request, doing: 'answer' };
    throw new UserError([refusalProblem(answer, asked, ports.host)]);
  }
  return first;
}
