import type { RegistryAccount } from '../core/registry/account.ts';
import type { RegistryLogin } from '../core/registry/auth-config.ts';
import type { HttpClient } from '../ports/http-client.ts';
import type { TaskPorts } from '../ports/task-ports.ts';
import { logIn, saveLogins } from './registry-login.ts';

type Ports = TaskPorts & { readonly http: HttpClient };

/** Tokens that end within this time are asked for anew before something long is done with them. */
const marginMs = 15 * 60_000;

/**
 * Makes the function that a step calls before it uses its logins again after a long time: it renews those that are about to end,
 * in the same file. One that cannot be renewed is a warning, because the old one may still do.
 */
export function loginRenewal(
  accounts: readonly RegistryAccount[],
  first: readonly RegistryLogin[],
  folder: string,
  ports: Ports,
): () => Promise<void> {
  let logins = first;
  return async () => {
    const limit = ports.clock.now() + marginMs;
    if (!logins.some(({ expiresAtMs }) => (expiresAtMs ?? Infinity) < limit)) return;
    try {
      logins = await logIn(accounts, ports);
      await saveLogins(logins, folder, ports);
    } catch (error) {
      ports.host.warning(`The logins were not renewed: ${String(error)}`);
    }
  };
}
