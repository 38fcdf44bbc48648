import type { Problem } from '../core/errors.ts';
import { type Parsed, parsed, rejected } from '../core/parsed.ts';
import type { FederatedAccount } from '../core/registry/account.ts';
import {
  type TokenField,
  type TokenRequest,
  accessRequest,
  expiryOf,
  refreshRequest,
  refusalIn,
  statementRequest,
  tokenIn,
  tokenUser,
} from '../core/registry/acr-exchange.ts';
import { type RegistryLogin, encodedAuth } from '../core/registry/auth-config.ts';
import type { HttpClient } from '../ports/http-client.ts';
import type { TaskHost } from '../ports/task-host.ts';

interface Ports {
  readonly host: TaskHost;
  readonly http: HttpClient;
}

const limitMs = 30_000;

/**
 * Logs in to an Azure Container Registry without any secret: a statement of Azure DevOps, for an access token of Entra, for a
 * refresh token of the registry. Each is masked before it is used.
 */
export async function federatedLogin(
  account: FederatedAccount,
  ports: Ports,
): Promise<Parsed<RegistryLogin>> {
  const { registry, connection } = account;
  const uri = ports.host.variable('System.OidcRequestUri');
  const job = ports.host.serviceConnection('SYSTEMVSSCONNECTION')?.parameter('AccessToken');
  if (uri === undefined || job === undefined) return rejected(noStatements(connection));
  const ask = (by: string, request: TokenRequest, field: TokenField) =>
    askToken({ by, request, field, account }, ports);
  const statement = await ask('Azure DevOps', statementRequest(uri, connection, job), 'oidcToken');
  if (!statement.ok) return statement;
  const access = await ask('Entra', accessRequest(account, statement.value), 'access_token');
  if (!access.ok) return access;
  const refresh = await ask(registry, refreshRequest(account, access.value), 'refresh_token');
  if (!refresh.ok) return refresh;
  const login = { registry, username: tokenUser, password: refresh.value };
  ports.host.maskSecret(encodedAuth(login));
  const expiresAtMs = expiryOf(refresh.value);
  return parsed({ ...login, ...(expiresAtMs === undefined ? {} : { expiresAtMs }) });
}

interface Asking {
  /** Who is asked, for people. */
  readonly by: string;
  readonly request: TokenRequest;
  readonly field: TokenField;
  readonly account: FederatedAccount;
}

async function askToken(asking: Asking, { host, http }: Ports): Promise<Parsed<string>> {
  const { by, request, field, account } = asking;
  const outcome = await http.send({ method: 'POST', ...request, limitMs });
  if (outcome.kind === 'failed') {
    return rejected(refused(by, account, `${outcome.code}: ${outcome.message}`));
  }
  const token = outcome.status < 300 ? tokenIn(outcome.body, field) : undefined;
  if (token === undefined) {
    const said = host.redact(refusalIn(outcome.body));
    return rejected(
      refused(by, account, `HTTP ${outcome.status}${said === '' ? '' : `, ${said}`}`),
    );
  }
  host.maskSecret(token);
  return parsed(token);
}

function noStatements(connection: string): Problem {
  return {
    where: 'registries',
    what: `Connection ${connection} logs in by workload identity federation, which this agent is not given the means for (System.OidcRequestUri).`,
    change: 'Use Azure DevOps Services, or a connection with a service principal.',
  };
}

function refused(by: string, { connection, registry }: FederatedAccount, said: string): Problem {
  const cures: Readonly<Record<string, string>> = {
    'Azure DevOps':
      'Run the step again; check that the pipeline is authorized to use the connection.',
    Entra:
      "Check the federated credential of the connection's identity: issuer and subject are shown in the connection.",
    [registry]: 'Check that the identity has AcrPull or AcrPush on the registry.',
  };
  return {
    where: 'registries',
    what: `Connection ${connection} cannot log in to ${registry}: ${by} gives no token (${said}).`,
    change: cures[by] ?? '',
  };
}
