import { apiAddresses, speaksPlainHttp } from '../core/registry/api-address.ts';
import type { PushProof, PushTarget } from '../core/registry/push-proof.ts';
import type { StoredLogin } from '../core/registry/stored-login.ts';
import { type AskingPorts, RegistrySession, pushScope } from './registry-session.ts';

/** Asks at one address. */
type AskAt<T> = (address: string) => Promise<T>;

/**
 * Starts an upload and cancels it (OCI distribution-spec, "Pushing blobs"): a token alone proves nothing, because services grant
 * what they will and leave the rest out.
 */
export function askForPush(
  { registry, path }: PushTarget,
  login: StoredLogin,
  ports: AskingPorts,
): Promise<PushProof> {
  return atRightAddress(registry, (address) => {
    const session = new RegistrySession(pushScope(path), login, ports);
    return proofOf(`${address}/v2/${path}/blobs/uploads/`, session);
  });
}

/** Over HTTPS, and where the registry does not speak it and may be asked so, over plain HTTP. */
export async function atRightAddress<T extends { readonly kind: string }>(
  registry: string,
  ask: AskAt<T>,
): Promise<T> {
  const [secure = '', plain] = apiAddresses(registry);
  const first = await ask(secure);
  if (plain === undefined || !isPlainSpeaker(first)) return first;
  return ask(plain);
}

function isPlainSpeaker(asked: { readonly kind: string; readonly code?: unknown }): boolean {
  const { kind, code } = asked;
  return kind === 'unreachable' && typeof code === 'string' && speaksPlainHttp(code);
}

async function proofOf(url: string, session: RegistrySession): Promise<PushProof> {
  const answer = await session.ask({ method: 'POST', url });
  if (answer.kind !== 'answered') return answer;
  if (answer.status !== 202 && answer.status !== 201) return session.refusalOf(answer);
  const location = answer.headers['location'];
  // The registry forgets abandoned uploads by itself, later; whether it does now is not our business.
  if (location !== undefined) {
    await session.ask({ method: 'DELETE', url: new URL(location, url).toString() });
  }
  return { kind: 'proven' };
}
