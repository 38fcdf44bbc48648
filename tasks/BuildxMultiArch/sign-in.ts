import type { RegistryLogin } from '../../src/core/registry/auth-config.ts';
import { provePush } from '../../src/workflows/prove-push.ts';
import { logIn } from '../../src/workflows/registry-login.ts';
import type { BuildTaskPorts } from './build-task-ports.ts';
import type { CheckedRequest } from './read-request.ts';

/**
 * Logs in, and asks every registry whether it takes the push: a refusal after a long build helps nobody.
 * @throws UserError with every refusal
 */
export async function signIn(
  { accounts, request }: CheckedRequest,
  ports: BuildTaskPorts,
): Promise<readonly RegistryLogin[]> {
  const logins = await logIn(accounts, ports);
  const { isPushed, references } = request.image;
  const names = isPushed ? references.map(({ name }) => name) : [];
  await provePush({ names, accounts, logins }, ports);
  return logins;
}
