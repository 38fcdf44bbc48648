import { parseManifest } from '../../src/core/prune/manifest.ts';
import type { RepositoryState } from '../../src/core/prune/repository-state.ts';
import { withBelow } from './look-at-repository.ts';
import type { RegistryClient } from './registry-client.ts';

/**
 * Adds what says something about manifests that shall go, and what says something about that, where the registry has an API for it. Where
 * it has none, tags of the form `sha256-…` lead there.
 */
export async function withReferrers(
  state: RepositoryState,
  doomed: ReadonlySet<string>,
  client: RegistryClient,
): Promise<RepositoryState> {
  const { name } = state;
  const manifests = new Map(state.manifests);
  let asking = [...doomed];
  while (asking.length > 0) {
    const lists = await Promise.all(asking.map((digest) => client.referrers(name, digest)));
    if (lists.includes(undefined)) break;
    const digests = lists.flatMap((pages = []) => pages.flatMap(digestsIn));
    const found = await withBelow(digests, name, client, manifests);
    asking = [...found.keys()].filter((digest) => !manifests.has(digest));
    found.forEach((manifest, digest) => manifests.set(digest, manifest));
  }
  return { ...state, manifests };
}

function digestsIn(page: string): readonly string[] {
  return parseManifest('', page)?.children ?? [];
}
