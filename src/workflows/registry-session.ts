import { refusalIn, tokenIn } from '../core/registry/acr-exchange.ts';
import { type Challenge, parseChallenge, tokenUrl } from '../core/registry/challenge.ts';
import type { PushProof } from '../core/registry/push-proof.ts';
import type { StoredLogin } from '../core/registry/stored-login.ts';
import type { HttpClient, HttpOutcome, HttpRequest } from '../ports/http-client.ts';
import type { TaskHost } from '../ports/task-host.ts';

/** What is needed to ask; `maskSecret` takes the tokens before they are used. */
export interface AskingPorts {
  readonly host: Pick<TaskHost, 'maskSecret' | 'redact'>;
  readonly http: HttpClient;
}

export type Answer = Extract<HttpOutcome, { readonly kind: 'answered' }>;

/** Why there is no answer to what was asked. */
export type Refusal = Exclude<PushProof, { readonly kind: 'proven' }>;

type BearerChallenge = Extract<Challenge, { readonly kind: 'bearer' }>;

/** The header of that name, for one host alone. */
interface Authorization {
  readonly origin: string;
  readonly value: string;
  hasWorked: boolean;
}

/** Milliseconds for each request. */
const limitMs = 10_000;

/** What a push needs, which reads as well. @param path of the repository, without the registry */
export function pushScope(path: string): string {
  return `repository:${path}:pull,push`;
}

/** Requests of one scope, with a login when the registry wants one, which no other host is ever sent. */
export class RegistrySession {
  readonly #scope: string;
  readonly #login: StoredLogin;
  readonly #ports: AskingPorts;
  /** Of the first request: the registry, with its port. */
  #registry: string | undefined;
  #authorization: Authorization | undefined;
  #loggingIn: Promise<Refusal | undefined> | undefined;

  /** @param scope what its token is to permit (distribution, docs/spec/auth/scope.md) */
  constructor(scope: string, login: StoredLogin, ports: AskingPorts) {
    this.#scope = scope;
    this.#login = login;
    this.#ports = ports;
  }

  /** The answer, whatever its status but the 401 that a login cures: the first one, or a new one when a token has ended. */
  async ask(request: Omit<HttpRequest, 'limitMs'>): Promise<Answer | Refusal> {
    const { host, origin } = new URL(request.url);
    this.#registry ??= host;
    const used = this.#authorization;
    const first = await this.#send(request);
    if (first.kind !== 'answered' || first.status !== 401) {
      if (used !== undefined) used.hasWorked = true;
      return first;
    }
    if (this.#registry !== host || used?.hasWorked === false) return first;
    // Of requests at the same time one logs in for all.
    if (this.#authorization === used) {
      this.#loggingIn ??= this.#logIn(first, origin);
      const refusal = await this.#loggingIn;
      this.#loggingIn = undefined;
      if (refusal !== undefined) return refusal;
    }
    return this.#send(request);
  }

  /** What the registry says in an answer that is no success. */
  refusalOf(answer: Answer): Refusal {
    const { status } = answer;
    const kind = status === 401 || status === 403 ? 'denied' : 'odd';
    return { kind, status, said: this.#words(answer) };
  }

  async #send({
    headers = {},
    ...request
  }: Omit<HttpRequest, 'limitMs'>): Promise<Answer | Refusal> {
    const isOwn = this.#authorization?.origin === new URL(request.url).origin;
    const own = isOwn ? { authorization: this.#authorization?.value ?? '' } : {};
    const all = { ...headers, ...own };
    const outcome = await this.#ports.http.send({ ...request, headers: all, limitMs });
    return outcome.kind === 'failed' ? { ...outcome, kind: 'unreachable' } : outcome;
  }

  /** @returns why there is no login */
  async #logIn(first: Answer, origin: string): Promise<Refusal | undefined> {
    const value = await this.#headerFor(first);
    if (typeof value !== 'string') return value;
    this.#authorization = { origin, value, hasWorked: false };
    return undefined;
  }

  /** @returns the header Authorization, or why there is none */
  async #headerFor(first: Answer): Promise<string | Refusal> {
    if (this.#login.kind === 'program') return { kind: 'unasked' };
    if (this.#login.kind === 'none') return { kind: 'no-login', said: this.#words(first) };
    const challenge = parseChallenge(first.headers['www-authenticate']);
    if (challenge === undefined) return { kind: 'odd', status: 401, said: 'without a challenge' };
    const { username, password } = this.#login;
    const basic = `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`;
    return challenge.kind === 'basic' ? basic : this.#token(challenge, basic);
  }

  async #token(challenge: BearerChallenge, basic: string): Promise<string | Refusal> {
    const url = tokenUrl(challenge, this.#scope);
    const headers = { authorization: basic };
    const answer = await this.#ports.http.send({ method: 'GET', url, headers, limitMs });
    if (answer.kind === 'failed') return { ...answer, kind: 'unreachable' };
    const token = tokenIn(answer.body, 'token') ?? tokenIn(answer.body, 'access_token');
    if (answer.status >= 300 || token === undefined) return this.refusalOf(answer);
    this.#ports.host.maskSecret(token);
    return `Bearer ${token}`;
  }

  #words({ body }: Answer): string {
    return this.#ports.host.redact(refusalIn(body));
  }
}
