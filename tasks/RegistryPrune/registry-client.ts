import { CancelledError } from '../../src/core/errors.ts';
import { contentDigest } from '../../src/core/image/content-digest.ts';
import { manifestTypes } from '../../src/core/registry/manifest-types.ts';
import { nextPage } from '../../src/core/registry/next-page.ts';
import type { HttpRequest } from '../../src/ports/http-client.ts';
import type { Answer, Refusal, RegistrySession } from '../../src/workflows/registry-session.ts';
import { namesIn } from './listed-names.ts';
import { RefusedError } from './refused-error.ts';

/** Runs one of many when its turn comes. */
export type Limit = <T>(work: () => Promise<T>) => Promise<T>;

type Request = Omit<HttpRequest, 'limitMs'>;
type Asked = Pick<HttpRequest, 'method' | 'url'> & { readonly accept?: string };

/** More names than distribution gives on one page are an error there. */
const pageSize = 1000;
/** Registries keep blobs elsewhere, and some look for them twice. */
const redirectLimit = 3;

/** Asks one registry by its API (OCI distribution-spec 1.1). Every function throws RefusedError, and CancelledError. */
export class RegistryClient {
  readonly #session: RegistrySession;
  readonly #base: string;
  readonly #limit: Limit;
  readonly #cancellation: AbortSignal;

  /**
   * @param base e.g. `https://my.azurecr.io/v2`
   * @param limit bounds how many requests are sent at a time
   * @param cancellation no request begins after it; those that have begun end, so that it is known what they did
   */
  constructor(session: RegistrySession, base: string, limit: Limit, cancellation: AbortSignal) {
    this.#session = session;
    this.#base = base;
    this.#limit = limit;
    this.#cancellation = cancellation;
  }

  async repositories(): Promise<readonly string[]> {
    const doing = 'list the repositories';
    const pages = await this.#pages(`${this.#base}/_catalog?n=${pageSize}`, doing);
    if (pages.length > 0) return pages.flatMap(({ body }) => namesIn(body, 'repositories'));
    throw new RefusedError(doing, { kind: 'odd', status: 404, said: '' });
  }

  /** Empty as well for a repository that does not exist: emptied ones are forgotten one day. */
  async tags(repository: string): Promise<readonly string[]> {
    const url = `${this.#base}/${repository}/tags/list?n=${pageSize}`;
    const pages = await this.#pages(url, 'list the tags');
    return pages.flatMap(({ body }) => namesIn(body, 'tags'));
  }

  /** The digest behind a tag or digest; undefined when there is none. */
  async digestOf(repository: string, reference: string): Promise<string | undefined> {
    const asked = { url: this.#manifestUrl(repository, reference), accept: manifestTypes };
    const head = await this.#get({ ...asked, method: 'HEAD' }, `look at ${reference}`);
    const digest = head?.headers['docker-content-digest'];
    if (head === undefined || digest !== undefined) return digest;
    const whole = await this.#get({ ...asked, method: 'GET' }, `look at ${reference}`);
    return whole === undefined ? undefined : contentDigest(whole.body);
  }

  /** Its text, or undefined when there is none. What is not as its digest says throws. */
  async manifest(repository: string, digest: string): Promise<string | undefined> {
    const url = this.#manifestUrl(repository, digest);
    const doing = `read ${digest}`;
    const answer = await this.#get({ method: 'GET', url, accept: manifestTypes }, doing);
    if (answer === undefined || contentDigest(answer.body) === digest) return answer?.body;
    throw new RefusedError(doing, {
      ...{ kind: 'odd', status: answer.status, said: 'the content is not what its digest says' },
    });
  }

  /** A small blob's text; undefined when it cannot be had whole. */
  async blob(repository: string, digest: string): Promise<string | undefined> {
    let url = `${this.#base}/${repository}/blobs/${digest}`;
    for (let hop = 0; hop <= redirectLimit; hop += 1) {
      const answer = await this.#ask({ method: 'GET', url });
      if (answer.kind !== 'answered') return undefined;
      const location = answer.headers['location'];
      const isMoved = answer.status >= 301 && answer.status <= 308 && location !== undefined;
      if (!isMoved) return contentDigest(answer.body) === digest ? answer.body : undefined;
      url = new URL(location, url).toString();
    }
    return undefined;
  }

  /** Texts of the pages of what says something about a digest; undefined where there is no such API. */
  async referrers(repository: string, digest: string): Promise<readonly string[] | undefined> {
    const url = `${this.#base}/${repository}/referrers/${digest}`;
    try {
      const pages = await this.#pages(url, `list what refers to ${digest}`);
      return pages.length === 0 ? undefined : pages.map(({ body }) => body);
    } catch (error) {
      // Some say 400 or 401 of what they do not have.
      const refusal = error instanceof RefusedError ? error.refusal : undefined;
      const status = refusal !== undefined && 'status' in refusal ? refusal.status : 0;
      if (status >= 400 && status < 500 && status !== 429) return undefined;
      throw error;
    }
  }

  /** Asks to delete a manifest by digest, or a tag. */
  delete(repository: string, reference: string): Promise<Answer | Refusal> {
    return this.#ask({ method: 'DELETE', url: this.#manifestUrl(repository, reference) });
  }

  refusalOf(answer: Answer): Refusal {
    return this.#session.refusalOf(answer);
  }

  #ask(request: Request): Promise<Answer | Refusal> {
    return this.#limit(() => {
      if (this.#cancellation.aborted) throw new CancelledError('the questions to the registry');
      return this.#session.ask(request);
    });
  }

  #manifestUrl(repository: string, reference: string): string {
    return `${this.#base}/${repository}/manifests/${reference}`;
  }

  async #pages(first: string, doing: string): Promise<readonly Answer[]> {
    const pages: Answer[] = [];
    for (let url: string | undefined = first; url !== undefined;) {
      const answer = await this.#get({ method: 'GET', url }, doing);
      if (answer === undefined) break;
      pages.push(answer);
      url = nextPage(url, answer.headers['link']);
    }
    return pages;
  }

  /** Undefined for what does not exist. */
  async #get({ accept, ...asked }: Asked, doing: string): Promise<Answer | undefined> {
    const headers = accept === undefined ? {} : { accept };
    const answer = await this.#ask({ ...asked, headers });
    if (answer.kind !== 'answered') throw new RefusedError(doing, answer);
    if (answer.status === 404) return undefined;
    if (answer.status === 200) return answer;
    throw new RefusedError(doing, this.#session.refusalOf(answer));
  }
}
