import { createHash } from 'node:crypto';
import * as v from 'valibot';
import type { ContextFile } from './context-file.ts';

/** The files of a context, small enough to be kept in a report. */
export const contentIndexSchema = v.object({
  /** What lies deeper is one entry, whose path ends with `/`; undefined: each file is an entry. */
  depth: v.optional(v.number()),
  /** By path, shortened digests. */
  digests: v.record(v.string(), v.string()),
});

export type ContentIndex = v.InferOutput<typeof contentIndexSchema>;

const digits = 12;
/** Each file by itself as long as they are few; else folders, as deep as the limit allows. */
export function contentIndex(files: readonly ContextFile[], limit: number): ContentIndex {
  const digests = Object.fromEntries(
    [...files]
      .sort((a, b) => (a.path < b.path ? -1 : 1))
      .map(({ path, digest }) => [path, digest.slice(0, digits)]),
  );
  if (files.length <= limit) return { digests };
  let depth = 0;
  while (Object.keys(folded(digests, depth + 1)).length <= limit) depth += 1;
  return { depth, digests: folded(digests, depth) };
}

/** Added, changed and removed paths, sorted; undefined when the two are of different depths. */
export function changedPaths(
  before: ContentIndex,
  after: ContentIndex,
): readonly string[] | undefined {
  const [older, newer] = alike(before, after);
  if (older.depth !== newer.depth) return undefined;
  const paths = new Set([...Object.keys(older.digests), ...Object.keys(newer.digests)]);
  return [...paths].filter((path) => older.digests[path] !== newer.digests[path]).sort();
}

/** A context that grew over the limit is compared by folders. */
function alike(
  before: ContentIndex,
  after: ContentIndex,
): readonly [older: ContentIndex, newer: ContentIndex] {
  const fold = (index: ContentIndex, depth = 0): ContentIndex =>
    index.depth === undefined ? { depth, digests: folded(index.digests, depth) } : index;
  if (before.depth === after.depth) return [before, after];
  return [fold(before, after.depth), fold(after, before.depth)];
}

function folded(
  digests: Readonly<Record<string, string>>,
  depth: number,
): Readonly<Record<string, string>> {
  const folders = new Map<string, string[]>();
  for (const [path, digest] of Object.entries(digests)) {
    const parts = path.split('/');
    const key = parts.length <= depth ? path : `${parts.slice(0, depth).join('/')}/`;
    folders.set(key, [...(folders.get(key) ?? []), `${path} ${digest}`]);
  }
  return Object.fromEntries([...folders].map(([key, lines]) => [key, digestOf(key, lines)]));
}

function digestOf(key: string, lines: readonly string[]): string {
  const [only = ''] = lines;
  if (!key.endsWith('/')) return only.slice(key.length + 1);
  return createHash('sha256').update(lines.join('\n')).digest('hex').slice(0, digits);
}
