import { type Problem, UserError } from '../core/errors.ts';
import { pathOf, registryOf } from '../core/image/reference.ts';
import type { RegistryAccount } from '../core/registry/account.ts';
import { type RegistryLogin, authConfig, configKey } from '../core/registry/auth-config.ts';
import { connectionPage } from '../core/registry/connection-page.ts';
import { type PushTarget, type PushVerdict, pushVerdict } from '../core/registry/push-proof.ts';
import { storedLogin } from '../core/registry/stored-login.ts';
import type { HttpClient } from '../ports/http-client.ts';
import type { TaskPorts } from '../ports/task-ports.ts';
import { askForPush } from './ask-registry.ts';
import { agentsConfig } from './registry-login.ts';

/** What will be pushed, and who logs in. */
export interface IntendedPush {
  /** Repositories with their registries. */
  readonly names: readonly string[];
  readonly accounts: readonly RegistryAccount[];
  readonly logins: readonly RegistryLogin[];
}

type Ports = Pick<TaskPorts, 'host' | 'files'> & { readonly http: HttpClient };

/**
 * Asks every registry whether it takes the push, before a long build finds out.
 * @throws UserError with every clear refusal
 */
export async function provePush(push: IntendedPush, ports: Ports): Promise<void> {
  const config = authConfig(push.logins, await agentsConfig(ports));
  const verdictOf = async (name: string): Promise<PushVerdict> => {
    const registry = registryOf(name);
    const connection = push.accounts.find((one) => one.registry === registry)?.connection;
    const page = connectionPage(connection, (text) => ports.host.variable(text));
    const target: PushTarget = { registry, path: pathOf(name), connection, page };
    const login = storedLogin(config, configKey(registry));
    return pushVerdict(await askForPush(target, login, ports), target);
  };
  const verdicts = await Promise.all([...new Set(push.names)].map(verdictOf));
  const problems = verdicts.flatMap((verdict) => tell(verdict, ports));
  if (problems.length > 0) throw new UserError(problems);
}

/** Says what is to be said, and returns what must fail. */
function tell(verdict: PushVerdict, { host }: Ports): readonly Problem[] {
  if (verdict?.kind === 'problem') return [verdict.problem];
  if (verdict?.kind === 'warning') host.warning(verdict.text);
  if (verdict?.kind === 'notice') host.info(verdict.text);
  return [];
}
