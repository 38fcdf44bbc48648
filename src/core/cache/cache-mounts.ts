import type { Problem } from '../errors.ts';
import { type Parsed, parsed, rejected } from '../parsed.ts';

/** A cache mount of the Dockerfile, `RUN --mount=type=cache,id=…`. */
export interface CacheMount {
  /** Its `id`, or its target where it has none. */
  readonly id: string;
  /**
   * Its `uid`, `gid` and `mode` as written, e.g. `uid=1000,mode=0755`; '' for none. BuildKit keeps mounts apart that
   * differ in them.
   */
  readonly owner: string;
}

/** `ID`, or `ID,uid=…,gid=…,mode=…` for a mount whose options the Dockerfile computes. */
export function parseCacheMount(where: string, line: string): Parsed<CacheMount> {
  const [id = '', ...options] = line.split(',');
  const isWell =
    /^[^\s"'\\]+$/.test(id) && options.every((each) => /^((uid|gid)=\d+|mode=[0-7]+)$/.test(each));
  if (isWell) return parsed({ id, owner: options.join(',') });
  const malformed: Problem = {
    where,
    what: `Expected the id of a cache mount, found "${line}".`,
    change: 'Write the id of RUN --mount=type=cache,id=ID, or its target where it has no id.',
  };
  return rejected(malformed);
}

/** With the owner that the Dockerfile gives a mount, where the line gives none. */
export function ownedAsIn(mount: CacheMount, found: readonly CacheMount[]): CacheMount {
  if (mount.owner !== '') return mount;
  return found.find(({ id }) => id === mount.id) ?? mount;
}

/** What to say of mounts that a Dockerfile does not have; undefined when it has all, or computes their ids. */
export function unknownMounts(
  mounts: readonly CacheMount[],
  found: readonly CacheMount[],
): string | undefined {
  const ids = [...new Set(found.map(({ id }) => id))];
  const unknown = mounts.filter(({ id }) => !ids.includes(id)).map(({ id }) => `"${id}"`);
  if (unknown.length === 0 || ids.some((id) => id.includes('$'))) return undefined;
  const known = ids.length === 0 ? 'it has none' : `it has ${ids.join(', ')}`;
  return `the Dockerfile has no cache mount ${unknown.join(', ')}; ${known}`;
}
