import { refusalIn, tokenIn } from '../core/registry/acr-exchange.ts';
import { apiAddresses, speaksPlainHttp } from '../core/registry/api-address.ts';
import { type Challenge, parseChallenge, tokenUrl } from '../core/registry/challenge.ts';
import type { PushProof, PushTarget } from '../core/registry/push-proof.ts';
import type { StoredLogin } from '../core/registry/stored-login.ts';
import type { HttpClient, HttpOutcome } from '../ports/http-client.ts';
import type { TaskHost } from '../ports/task-host.ts';

/** What is needed to ask; `maskSecret` takes the tokens before they are used. */
export interface AskingPorts {
  readonly host: Pick<TaskHost, 'maskSecret' | 'redact'>;
  readonly http: HttpClient;
}

const limitMs = 10_000;

/**
 * Starts an upload and cancels it (OCI distribution-spec, "Pushing blobs"): a token alone proves nothing, because services grant
 * what they will and leave the rest out.
 */
export async function askForPush(
  target: PushTarget,
  login: StoredLogin,
  ports: AskingPorts,
): Promise<PushProof> {
  const addresses = apiAddresses(target.registry);
  for (const [at, address] of addresses.entries()) {
    const proof = await new Upload(`${address}/v2/${target.path}/blobs/uploads/`, ports).prove(
      target,
      login,
    );
    const isLast = at === addresses.length - 1;
    if (isLast || proof.kind !== 'unreachable' || !speaksPlainHttp(proof.code)) return proof;
  }
  return { kind: 'unasked' };
}

/** One upload of nothing, at one address. */
class Upload {
  readonly #url: string;
  readonly #ports: AskingPorts;

  constructor(url: string, ports: AskingPorts) {
    this.#url = url;
    this.#ports = ports;
  }

  async prove({ path }: PushTarget, login: StoredLogin): Promise<PushProof> {
    const first = await this.#start();
    if (first.kind === 'failed') return { ...first, kind: 'unreachable' };
    if (first.status !== 401) return this.#proofOf(first);
    if (login.kind === 'program') return { kind: 'unasked' };
    if (login.kind === 'none') return { kind: 'no-login', said: this.#words(first) };
    const challenge = parseChallenge(first.headers['www-authenticate']);
    if (challenge === undefined) return { kind: 'odd', status: 401, said: 'without a challenge' };
    const authorization = await this.#authorization(challenge, path, basic(login));
    if (typeof authorization !== 'string') return authorization;
    const second = await this.#start(authorization);
    if (second.kind === 'failed') return { ...second, kind: 'unreachable' };
    return this.#proofOf(second, authorization);
  }

  #start(authorization?: string): Promise<HttpOutcome> {
    const headers = authorization === undefined ? {} : { authorization };
    return this.#ports.http.send({ method: 'POST', url: this.#url, headers, limitMs });
  }

  async #authorization(
    challenge: Challenge,
    path: string,
    login: string,
  ): Promise<string | PushProof> {
    if (challenge.kind === 'basic') return login;
    const url = tokenUrl(challenge, path);
    const headers = { authorization: login };
    const answer = await this.#ports.http.send({ method: 'GET', url, headers, limitMs });
    if (answer.kind === 'failed') return { ...answer, kind: 'unreachable' };
    const token = tokenIn(answer.body, 'token') ?? tokenIn(answer.body, 'access_token');
    if (answer.status >= 300 || token === undefined) return this.#refusal(answer);
    this.#ports.host.maskSecret(token);
    return `Bearer ${token}`;
  }

  async #proofOf(answer: Answer, authorization?: string): Promise<PushProof> {
    if (answer.status !== 202 && answer.status !== 201) return this.#refusal(answer);
    const location = answer.headers['location'];
    if (location !== undefined) await this.#cancel(new URL(location, this.#url), authorization);
    return { kind: 'proven' };
  }

  /** The registry forgets abandoned uploads by itself, later; whether it does now is not our business. */
  async #cancel(location: URL, authorization: string | undefined): Promise<void> {
    const isOwn = location.origin === new URL(this.#url).origin;
    const headers = authorization === undefined || !isOwn ? {} : { authorization };
    const url = location.toString();
    await this.#ports.http.send({ method: 'DELETE', url, headers, limitMs });
  }

  #refusal(answer: Answer): PushProof {
    const { status } = answer;
    const kind = status === 401 || status === 403 ? 'denied' : 'odd';
    return { kind, status, said: this.#words(answer) };
  }

  #words({ body }: Answer): string {
    return this.#ports.host.redact(refusalIn(body));
  }
}

type Answer = Extract<HttpOutcome, { readonly kind: 'answered' }>;

function basic({ username, password }: Extract<StoredLogin, { readonly kind: 'basic' }>): string {
  return `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`;
}
