import { type Parsed, parsed, rejected } from '../parsed.ts';
import {
  type BuildxArchitecture,
  knownVersions,
  officialReleases,
  releaseDigest,
  releaseFile,
} from './release.ts';
import type { BuildxSource, BuildxWish } from './release-wish.ts';

/** What will be fetched from where, and what it must be. */
export interface BuildxRelease {
  readonly version: string;
  /** SHA-256, hex. */
  readonly sha256: string;
  readonly origin: ReleaseOrigin;
}

export type ReleaseOrigin =
  | {
      readonly kind: 'url';
      /** Without user and password, but with the query, which may be a signature. */
      readonly url: string;
      /** Value of the Authorization header. */
      readonly authorization?: string;
    }
  | { readonly kind: 'file'; readonly path: string };

/** The release that a wish means on this architecture; a file without a known digest is never fetched. */
export function planRelease(
  { version, sha256, source }: BuildxWish,
  architecture: BuildxArchitecture,
): Parsed<BuildxRelease> {
  const file = releaseFile(version, architecture);
  const digest = sha256 ?? releaseDigest(file);
  if (digest === undefined) {
    return rejected({
      where: 'buildxVersion',
      what: `The SHA-256 of ${file} is not known here; known for ${architecture}: ${knownVersions(architecture).join(', ')}.`,
      change: `Choose a known version, or give the digest of the release's checksums.txt: ${version}@sha256:<digest>.`,
    });
  }
  return parsed({ version, sha256: digest, origin: originOf(source, version, file) });
}

function originOf(source: BuildxSource | undefined, version: string, file: string): ReleaseOrigin {
  if (source?.kind === 'folder') {
    return { kind: 'file', path: `${source.path.replace(/\/+$/, '')}/${file}` };
  }
  const url = new URL(source?.url ?? officialReleases);
  url.pathname = `${url.pathname.replace(/\/+$/, '')}/v${version}/${file}`;
  const { username, password } = url;
  url.username = '';
  url.password = '';
  if (username === '') return { kind: 'url', url: url.href };
  const user = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`;
  const authorization = `Basic ${Buffer.from(user, 'utf8').toString('base64')}`;
  return { kind: 'url', url: url.href, authorization };
}

/** The secrets in a source: the password of its URL, the header made of it, and its query. */
export function sourceSecrets(wish: BuildxWish, { origin }: BuildxRelease): readonly string[] {
  if (wish.source?.kind !== 'mirror' || origin.kind !== 'url') return [];
  const { password, search } = new URL(wish.source.url);
  const query = search.replace(/^\?/, '');
  const secrets = [decodeURIComponent(password), password, origin.authorization ?? '', query];
  return secrets.filter((secret) => secret !== '');
}

/** Where it comes from, as people may see it: a query, which may be a signature, is left out. */
export function shownOrigin(origin: ReleaseOrigin): string {
  return origin.kind === 'file' ? origin.path : origin.url.replace(/\?.*$/, '?…');
}
