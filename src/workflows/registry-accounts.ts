import type { Problem } from '../core/errors.ts';
import { type Parsed, parsed, problemsOf, rejected } from '../core/parsed.ts';
import type { RegistryAccount } from '../core/registry/account.ts';
import { authorityOf, defaultResource } from '../core/registry/acr-cloud.ts';
import { encodedAuth, registryHost } from '../core/registry/auth-config.ts';
import type { ServiceConnection, TaskHost } from '../ports/task-host.ts';

const where = 'registries';
/** Hosts that are no Azure registry by their name but may be sent tokens: clouds of one's own. */
const trustedHosts = 'DAEMONLESS_TRUSTED_ACR_HOSTS';

type Host = Pick<TaskHost, 'serviceConnection' | 'maskSecret' | 'variable'>;

/** Who logs in, by Docker registry service connections, passwords masked; every problem of all of them at once. */
export function registryAccounts(
  connectionIds: readonly string[],
  host: Host,
): Parsed<readonly RegistryAccount[]> {
  const results = connectionIds.map((id) => accountOf(id, host));
  const problems = problemsOf(results);
  if (problems.length > 0) return rejected(...problems);
  const accounts = results.flatMap((result) => (result.ok ? [result.value] : []));
  accounts.forEach((account) => {
    if (account.kind === 'federated') return;
    host.maskSecret(account.password);
    host.maskSecret(encodedAuth(account));
  });
  const twice = accounts.find((one, at) =>
    accounts.slice(0, at).some(({ registry }) => registry === one.registry),
  );
  return twice === undefined ? parsed(accounts) : rejected(twoLogins(twice.registry));
}

function accountOf(id: string, host: Host): Parsed<RegistryAccount> {
  const connection = host.serviceConnection(id);
  if (connection === undefined) return rejected(unknownConnection(id));
  const loginServer = connection.parameter('loginServer');
  const isAzure = connection.data('registrytype')?.toUpperCase() === 'ACR';
  if (isAzure || loginServer !== undefined)
    return azureAccount(connection, loginServer ?? '', host);
  if (connection.scheme.toLowerCase() !== 'usernamepassword')
    return rejected(otherScheme(connection));
  return passwordAccount(connection, 'registry', 'username', 'password');
}

function azureAccount(
  connection: ServiceConnection,
  loginServer: string,
  host: Host,
): Parsed<RegistryAccount> {
  // Connections of before 2019 have it among the parameters, or are service principals without saying so.
  const scheme = connection.scheme || (connection.parameter('scheme') ?? 'ServicePrincipal');
  if (scheme.toLowerCase() === 'workloadidentityfederation') {
    return federatedAccount(connection, loginServer, host);
  }
  const isCertificate =
    connection.parameter('authenticationType')?.toLowerCase() === 'spncertificate';
  if (scheme.toLowerCase() !== 'serviceprincipal' || isCertificate) {
    return rejected(otherScheme(connection));
  }
  return passwordAccount(connection, 'loginServer', 'serviceprincipalid', 'serviceprincipalkey');
}

function passwordAccount(
  connection: ServiceConnection,
  ...[registryName, userName, passwordName]: readonly [string, string, string]
): Parsed<RegistryAccount> {
  const registry = registryHost(connection.parameter(registryName) ?? '');
  if (registry === undefined) return rejected(noRegistry(connection, registryName));
  const username = connection.parameter(userName) ?? '';
  const password = connection.parameter(passwordName) ?? '';
  return parsed({ kind: 'password', connection: connection.id, registry, username, password });
}

function federatedAccount(
  connection: ServiceConnection,
  loginServer: string,
  host: Host,
): Parsed<RegistryAccount> {
  const registry = registryHost(loginServer);
  if (registry === undefined) return rejected(noRegistry(connection, 'loginServer'));
  const trusted = (host.variable(trustedHosts) ?? '').split(/[\s,]+/).filter((one) => one !== '');
  const authority = authorityOf(registry, trusted);
  if (authority === undefined) return rejected(notAzure(connection, registry));
  const resource = connection.data('activeDirectoryServiceEndpointResourceId');
  return parsed({
    ...{ kind: 'federated', connection: connection.id, registry, authority },
    tenant: connection.parameter('tenantid') ?? '',
    clientId: connection.parameter('serviceprincipalid') ?? '',
    resource: resource === undefined || resource === '' ? defaultResource : resource,
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
    what: `Connection ${id} logs in by "${scheme}"; known are user name and password, service principal with a key, and workload identity federation.`,
    change:
      'Make an Azure Container Registry connection with workload identity federation, or one of the kind "Others".',
  };
}

function noRegistry(connection: ServiceConnection, name: string): Problem {
  const found = connection.parameter(name) ?? '';
  return {
    where,
    what: `The registry of connection ${connection.id} is "${found}", which is not host[:port] nor a URL.`,
    change: 'Mend "Docker Registry" in the connection, e.g. https://my.azurecr.io.',
  };
}

function notAzure({ id }: ServiceConnection, registry: string): Problem {
  return {
    where,
    what: `Connection ${id} would send a token of Entra to ${registry}, which is no Azure Container Registry by its name.`,
    change: `Mend its login server; for a cloud of your own, list the host in the variable ${trustedHosts}.`,
  };
}

function twoLogins(registry: string): Problem {
  return {
    where,
    what: `Two connections log in to ${registry}; a registry takes one.`,
    change: 'Keep the one that may push.',
  };
}
