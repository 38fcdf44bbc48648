import { join } from 'node:path/posix';
import type { Problem } from '../core/errors.ts';
import { type Parsed, parsed, problemsOf, rejected } from '../core/parsed.ts';
import {
  type RegistryLogin,
  authConfig,
  encodedAuth,
  registryHost,
} from '../core/registry/auth-config.ts';
import type { ServiceConnection, TaskHost } from '../ports/task-host.ts';
import type { TaskPorts } from '../ports/task-ports.ts';

/** Where the logins of this step lie: for DOCKER_CONFIG, and as Podman's `--authfile`. */
export interface RegistryAccess {
  readonly folder: string;
  /** `config.json` in the folder, 0600. */
  readonly file: string;
}

const where = 'registries';

/** The logins of Docker registry service connections, passwords masked; every problem of all of them at once. */
export function registryLogins(
  connectionIds: readonly string[],
  host: Pick<TaskHost, 'serviceConnection' | 'maskSecret'>,
): Parsed<readonly RegistryLogin[]> {
  const results = connectionIds.map((id) => loginOf(id, host.serviceConnection(id)));
  const problems = problemsOf(results);
  if (problems.length > 0) return rejected(...problems);
  const logins = results.flatMap((result) => (result.ok ? [result.value] : []));
  logins.forEach((login) => {
    host.maskSecret(login.password);
    host.maskSecret(encodedAuth(login));
  });
  const twice = logins.find((one, at) =>
    logins.slice(0, at).some((o) => o.registry === one.registry),
  );
  return twice === undefined ? parsed(logins) : rejected(twoLogins(twice.registry));
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
  const existing = await files.readText(join(agentsConfigFolder(host), 'config.json'));
  await files.writeText(file, authConfig(logins, existing));
  return { folder, file };
}

/** Where docker tools of this agent keep their settings when nobody says otherwise. */
export function agentsConfigFolder(host: Pick<TaskHost, 'variable'>): string {
  return host.variable('DOCKER_CONFIG') ?? join(host.variable('HOME') ?? '/root', '.docker');
}

function loginOf(id: string, connection: ServiceConnection | undefined): Parsed<RegistryLogin> {
  if (connection === undefined) return rejected(unknownConnection(id));
  if (connection.scheme.toLowerCase() !== 'usernamepassword') {
    return rejected(otherScheme(connection));
  }
  const registry = registryHost(connection.parameter('registry') ?? '');
  if (registry === undefined) return rejected(noRegistry(connection));
  return parsed({
    registry,
    username: connection.parameter('username') ?? '',
    password: connection.parameter('password') ?? '',
  });
}

function unknownConnection(id: string): Problem {
  return {
    where,
    what: `Expected the name of a Docker registry service connection, found "${id}", which this job may not use or does not know.`,
    change: 'Check its spelling, and that the pipeline is authorized to use it.',
  };
}

function otherScheme({ id, scheme }: ServiceConnection): Problem {
  return {
    where,
    what: `Connection ${id} logs in by "${scheme}"; this version knows user name and password only.`,
    change: 'Use a connection of the kind "Docker Hub" or "Others".',
  };
}

function noRegistry(connection: ServiceConnection): Problem {
  const found = connection.parameter('registry') ?? '';
  return {
    where,
    what: `The registry of connection ${connection.id} is "${found}", which is not host[:port] nor a URL.`,
    change: 'Mend "Docker Registry" in the connection, e.g. https://my.azurecr.io.',
  };
}

function twoLogins(registry: string): Problem {
  return {
    where,
    what: `Two connections log in to ${registry}; a registry takes one.`,
    change: 'Keep the one that may push.',
  };
}
