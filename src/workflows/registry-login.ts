import { join } from 'node:path/posix';
import { UserError } from '../core/errors.ts';
import { type Parsed, parsed, problemsOf } from '../core/parsed.ts';
import type { RegistryAccount } from '../core/registry/account.ts';
import { type RegistryLogin, authConfig } from '../core/registry/auth-config.ts';
import type { HttpClient } from '../ports/http-client.ts';
import type { TaskHost } from '../ports/task-host.ts';
import type { TaskPorts } from '../ports/task-ports.ts';
import { federatedLogin } from './federated-login.ts';

/** Where the logins of this step lie: for DOCKER_CONFIG, and as Podman's `--authfile`. */
export interface RegistryAccess {
  readonly folder: string;
  /** `config.json` in the folder, 0600. */
  readonly file: string;
}

/** @throws UserError with the problems of all accounts that cannot log in */
export async function logIn(
  accounts: readonly RegistryAccount[],
  ports: { readonly host: TaskHost; readonly http: HttpClient },
): Promise<readonly RegistryLogin[]> {
  const login = async (account: RegistryAccount): Promise<Parsed<RegistryLogin>> =>
    account.kind === 'federated' ? federatedLogin(account, ports) : parsed(account);
  const results = await Promise.all(accounts.map(login));
  const problems = problemsOf(results);
  if (problems.length > 0) throw new UserError(problems);
  return results.flatMap((result) => (result.ok ? [result.value] : []));
}

/**
 * Writes the logins, over the agent's own ones, into a private folder (0700) and file (0600).
 * The caller has recorded the folder for its post-job step before.
 */
export async function saveLogins(
  logins: readonly RegistryLogin[],
  folder: string,
  { host, files }: Pick<TaskPorts, 'host' | 'files'>,
): Promise<RegistryAccess> {
  const file = join(folder, 'config.json');
  await files.writeText(file, authConfig(logins, await agentsConfig({ host, files })));
  return { folder, file };
}

/** The text of the agent's own config.json; undefined when it has none. */
export function agentsConfig({
  host,
  files,
}: Pick<TaskPorts, 'host' | 'files'>): Promise<string | undefined> {
  return files.readText(join(agentsConfigFolder(host), 'config.json'));
}

/** Where docker tools of this agent keep their settings when nobody says otherwise. */
export function agentsConfigFolder(host: Pick<TaskHost, 'variable'>): string {
  return host.variable('DOCKER_CONFIG') ?? join(host.variable('HOME') ?? '/root', '.docker');
}
