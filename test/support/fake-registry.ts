import type { HttpClient, HttpOutcome, HttpRequest } from '../../src/ports/http-client.ts';
import { contentDigest } from '../../src/core/image/content-digest.ts';
import { answered } from './fake-http.ts';

interface Settings {
  /** False: 405 for every deletion, as distribution says unless told otherwise. */
  readonly deletes?: boolean;
  /** False: 405 for tags, as Harbor says. */
  readonly untags?: boolean;
  /** True: tags take their image along, as no registry is known to. */
  readonly takesAlong?: boolean;
  /** What a token permits; undefined: no login is wanted. */
  readonly actions?: readonly string[];
  /** Whether it lists its repositories. */
  readonly hasCatalog?: boolean;
  /** Whether it lists referrers. */
  readonly hasReferrers?: boolean;
  /** Names on a page; it may give fewer than it was asked for. */
  readonly pageSize?: number;
}

interface Repository {
  readonly tags: Map<string, string>;
  readonly manifests: Map<string, string>;
  readonly blobs: Map<string, string>;
}

const unsupported = answered(
  405,
  '{"errors":[{"code":"UNSUPPORTED","message":"The operation is unsupported."}]}',
);
const unknown = answered(404, '{"errors":[{"code":"MANIFEST_UNKNOWN"}]}');

/** A FAKE of registries that cannot be had here: Harbor, Azure's, and those that nobody has told to delete. Over no network. */
export class FakeRegistry implements HttpClient {
  readonly host = 'registry.test';
  readonly requests: string[] = [];
  readonly #repositories = new Map<string, Repository>();
  readonly #settings: Settings;
  /** Called before each request, such as `DELETE /v2/shop/orders/manifests/1`. */
  before: (request: string) => void = () => undefined;

  constructor(settings: Settings = {}) {
    this.#settings = settings;
  }

  tags(name: string): readonly string[] {
    return [...this.#of(name).tags.keys()].sort();
  }

  has(name: string, digest: string): boolean {
    return this.#of(name).manifests.has(digest);
  }

  /** An image of one platform with a time of its own. @returns its digest */
  pushImage(name: string, tag: string | undefined, created: Date, subject?: string): string {
    const config = JSON.stringify({ created: created.toISOString(), tag, subject });
    const digest = contentDigest(config);
    this.#of(name).blobs.set(digest, config);
    const mediaType = 'application/vnd.oci.image.config.v1+json';
    const descriptor = { mediaType, digest, size: config.length };
    const spoken = subject === undefined ? {} : { subject: { digest: subject, size: 1 } };
    return this.push(name, tag, { schemaVersion: 2, config: descriptor, layers: [], ...spoken });
  }

  /** @returns its digest */
  push(name: string, tag: string | undefined, manifest: object): string {
    const body = JSON.stringify(manifest);
    const digest = contentDigest(body);
    this.#of(name).manifests.set(digest, body);
    if (tag !== undefined) this.#of(name).tags.set(tag, digest);
    return digest;
  }

  send({ method, url, headers = {} }: HttpRequest): Promise<HttpOutcome> {
    const { pathname, searchParams } = new URL(url);
    const request = `${method} ${pathname}`;
    this.requests.push(request);
    this.before(request);
    return Promise.resolve(this.#answer(method, pathname, searchParams, headers));
  }

  #answer(
    method: string,
    path: string,
    query: URLSearchParams,
    headers: Readonly<Record<string, string>>,
  ): HttpOutcome {
    if (path === '/token') return answered(200, JSON.stringify({ token: query.get('scope') }));
    if (!this.#isPermitted(method, path, headers['authorization'])) return this.#challenge();
    if (path === '/v2/') return answered(200);
    return path === '/v2/_catalog' ? this.#catalog(query) : this.#inRepository(method, path, query);
  }

  #inRepository(method: string, path: string, query: URLSearchParams): HttpOutcome {
    const [, name = '', kind, reference = ''] =
      /^\/v2\/(.+)\/(tags|manifests|blobs|referrers)\/(.+)$/.exec(path) ?? [];
    const repository = this.#repositories.get(name);
    if (repository === undefined) return unknown;
    if (kind === 'tags') return this.#page(path, 'tags', [...repository.tags.keys()].sort(), query);
    if (kind === 'referrers') return this.#referrers(repository, reference);
    if (method === 'DELETE') return this.#delete(repository, reference);
    const found =
      kind === 'blobs' ? repository.blobs.get(reference) : manifestIn(repository, reference);
    if (found === undefined) return unknown;
    return answered(200, method === 'HEAD' ? '' : found, {
      'docker-content-digest': contentDigest(found),
    });
  }

  #isPermitted(method: string, path: string, authorization = ''): boolean {
    const { actions } = this.#settings;
    if (actions === undefined) return true;
    const scope = authorization.replace('Bearer ', '');
    if (path === '/v2/_catalog') return scope === 'registry:catalog:*';
    const needed = method === 'DELETE' ? 'delete' : 'pull';
    return actions.includes(needed) && new RegExp(`:[a-z,]*${needed}`).test(scope);
  }

  #challenge(): HttpOutcome {
    const body = '{"errors":[{"code":"DENIED","message":"requested access is denied"}]}';
    const header = `Bearer realm="https://${this.host}/token",service="fake"`;
    return answered(401, body, { 'www-authenticate': header });
  }

  #catalog(query: URLSearchParams): HttpOutcome {
    if (this.#settings.hasCatalog === false) return answered(403, '');
    return this.#page('/v2/_catalog', 'repositories', [...this.#repositories.keys()].sort(), query);
  }

  #page(
    path: string,
    field: string,
    names: readonly string[],
    query: URLSearchParams,
  ): HttpOutcome {
    const size = Math.min(this.#settings.pageSize ?? 1000, Number(query.get('n')));
    const after = names.filter((name) => name > (query.get('last') ?? ''));
    const page = after.slice(0, size);
    const link = `<${path}?n=${size}&last=${page.at(-1) ?? ''}>; rel="next"`;
    const body = JSON.stringify({ [field]: names.length === 0 ? null : page });
    return answered(200, body, after.length > size ? { link } : {});
  }

  #referrers({ manifests }: Repository, digest: string): HttpOutcome {
    if (this.#settings.hasReferrers !== true) return answered(404, '404 page not found');
    const speaking = [...manifests].filter(([, body]) =>
      body.includes(`"subject":{"digest":"${digest}"`),
    );
    const list = speaking.map(([each, body]) => ({ digest: each, size: body.length }));
    return answered(200, JSON.stringify({ schemaVersion: 2, manifests: list }));
  }

  #delete(repository: Repository, reference: string): HttpOutcome {
    const { deletes, untags, takesAlong } = this.#settings;
    if (deletes === false) return unsupported;
    if (reference.includes(':')) return taken(deleteManifest(repository, reference));
    if (untags === false) return unsupported;
    if (takesAlong !== true) return taken(repository.tags.delete(reference));
    return taken(deleteManifest(repository, repository.tags.get(reference) ?? ''));
  }

  #of(name: string): Repository {
    const known = this.#repositories.get(name) ?? {
      tags: new Map(),
      manifests: new Map(),
      blobs: new Map(),
    };
    this.#repositories.set(name, known);
    return known;
  }
}

function manifestIn({ tags, manifests }: Repository, reference: string): string | undefined {
  return manifests.get(tags.get(reference) ?? reference);
}

/** With all its tags. */
function deleteManifest({ tags, manifests }: Repository, digest: string): boolean {
  tags.forEach((each, tag) => each === digest && tags.delete(tag));
  return manifests.delete(digest);
}

function taken(isDone: boolean): HttpOutcome {
  return isDone ? answered(202) : unknown;
}
