import { companionSubject } from '../../src/core/prune/companion-tag.ts';
import { type Dated, imageTime, needsConfigs, tellsTime } from '../../src/core/prune/image-time.ts';
import { type Manifest, parseManifest } from '../../src/core/prune/manifest.ts';
import type { Made, RepositoryState } from '../../src/core/prune/repository-state.ts';
import { RefusedError } from './refused-error.ts';
import type { RegistryClient } from './registry-client.ts';

/** What has been read before, by digest: it never changes. */
type Known = Pick<RepositoryState, 'manifests' | 'made'>;

const nothing: Known = { manifests: new Map(), made: new Map() };

/**
 * Reads one repository: its tags, and all manifests that they and protected images lead to.
 * @param digests of protected images, wherever they are
 * @throws RefusedError when some of it cannot be read: what is not known whole is not judged
 */
export async function lookAtRepository(
  name: string,
  client: RegistryClient,
  digests: Iterable<string>,
  known = nothing,
): Promise<RepositoryState> {
  const tags = await digestsOfTags(name, client);
  const manifests = await withBelow([...tags.values(), ...digests], name, client, known.manifests);
  const present = [...tags].filter(([, digest]) => manifests.has(digest));
  const own = present.filter(([tag]) => companionSubject(tag) === undefined);
  const made = await timesOf(new Set(own.map(([, digest]) => digest)), manifests, {
    known: known.made,
    config: (digest) => client.blob(name, digest),
  });
  const others = await othersAmong(present, manifests, name, client);
  return { name, tags: new Map(present), manifests, made, others };
}

async function digestsOfTags(
  name: string,
  client: RegistryClient,
): Promise<ReadonlyMap<string, string>> {
  const found = await Promise.all(
    (await client.tags(name)).map(async (tag) => [tag, await client.digestOf(name, tag)] as const),
  );
  // One without a digest was deleted since the list was made.
  return new Map(found.flatMap(([tag, digest]) => (digest === undefined ? [] : [[tag, digest]])));
}

/** These manifests and what is in them. One that is not there is left out: a part of an image may be missing. */
export async function withBelow(
  digests: readonly string[],
  name: string,
  client: RegistryClient,
  known: ReadonlyMap<string, Manifest>,
): Promise<ReadonlyMap<string, Manifest>> {
  const manifests = new Map<string, Manifest>();
  const asked = new Set<string>();
  const read = async (digest: string): Promise<void> => {
    if (asked.has(digest)) return;
    asked.add(digest);
    const manifest = known.get(digest) ?? (await readManifest(digest, name, client));
    if (manifest === undefined) return;
    manifests.set(digest, manifest);
    await Promise.all(manifest.children.map(read));
  };
  await Promise.all(digests.map(read));
  return manifests;
}

async function readManifest(
  digest: string,
  name: string,
  client: RegistryClient,
): Promise<Manifest | undefined> {
  const body = await client.manifest(name, digest);
  if (body === undefined) return undefined;
  const manifest = parseManifest(digest, body);
  if (manifest !== undefined) return manifest;
  const said = 'it is no manifest that is known here';
  throw new RefusedError(`read ${digest}`, { kind: 'odd', status: 200, said });
}

interface Times {
  readonly known: ReadonlyMap<string, Made>;
  readonly config: (digest: string) => Promise<string | undefined>;
}

async function timesOf(
  digests: ReadonlySet<string>,
  manifests: ReadonlyMap<string, Manifest>,
  { known, config }: Times,
): Promise<ReadonlyMap<string, Made>> {
  const times = await Promise.all(
    [...digests].map(async (digest) => {
      const before = known.get(digest);
      if (before !== undefined) return [digest, before] as const;
      const parts = partsOf(digest, manifests);
      const isNeeded = needsConfigs(parts);
      const dated = parts.map(async (manifest): Promise<Dated> => {
        const isRead = isNeeded && tellsTime(manifest) && manifest.config !== undefined;
        return { manifest, config: isRead ? await config(manifest.config) : undefined };
      });
      return [digest, imageTime(await Promise.all(dated))] as const;
    }),
  );
  return new Map(times.flatMap(([digest, made]) => (made === undefined ? [] : [[digest, made]])));
}

/** The manifest first, then those in it. */
function partsOf(digest: string, manifests: ReadonlyMap<string, Manifest>): readonly Manifest[] {
  const parts = new Set([digest]);
  for (const each of parts) manifests.get(each)?.children.forEach((child) => parts.add(child));
  return [...parts].flatMap((each) => manifests.get(each) ?? []);
}

/** Subjects of signatures that no tag leads to, and that are there all the same. */
async function othersAmong(
  tags: readonly (readonly [string, string])[],
  manifests: ReadonlyMap<string, Manifest>,
  name: string,
  client: RegistryClient,
): Promise<ReadonlySet<string>> {
  const subjects = new Set(tags.flatMap(([tag]) => companionSubject(tag) ?? []));
  const unseen = [...subjects].filter((digest) => !manifests.has(digest));
  const found = await Promise.all(unseen.map((digest) => client.digestOf(name, digest)));
  return new Set(unseen.filter((_, at) => found[at] !== undefined));
}
