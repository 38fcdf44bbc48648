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

/** Milliseconds for each request. */
const limitMs = 10_000;

/** Requests about one repository, with a login when its registry wants one, which no other host is ever sent. */
export class RegistrySession {
  readonly #path: string;
  readonly #login: StoredLogin;
  readonly #ports: AskingPorts;
  /** Of the first request: the registry, with its port. */
  #registry: string | undefined;
  #authorization: { readonly origin: string; readonly value: string } | undefined;

  /** @param path of the repository, without the registry */
  constructor(path: string, login: StoredLogin, ports: AskingPorts) {
    this.#path = path;
    this.#login = login;
    this.#ports = ports;
  }

  /** The answer, whatever its status but the 401 that a login cures. */
  async ask(request: Omit<HttpRequest, 'limitMs'>): Promise<Answer | Refusal> {
    const { host, origin } = new URL(request.url);
    this.#registry ??= host;
    const first = await this.#send(request);
    const mayLogIn = this.#registry === host && this.#authorization === undefined;
    if (first.kind !== 'answered' || first.status !== 401 || !mayLogIn) return first;
    const found = await this.#logIn(first);
    if (typeof found !== 'string') return found;
    this.#authorization = { origin, value: found };
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

  /** @returns the header Authorization, or why there is none */
  async #logIn(first: Answer): Promise<string | Refusal> {
    if (this.#login.kind === 'program') return { kind: 'unasked' };
    if (this.#login.kind === 'none') return { kind: 'no-login', said: this.#words(first) };
    const challenge = parseChallenge(first.headers['www-authenticate']);
    if (challenge === undefined) return { kind: 'odd', status: 401, said: 'without a challenge' };
    const { username, password } = this.#login;
    const basic = `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`;
    return challenge.kind === 'basic' ? basic : this.#token(challenge, basic);
  }

  async #token(challenge: BearerChallenge, basic: string): Promise<string | Refusal> {
    const url = tokenUrl(challenge, this.#path);
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
