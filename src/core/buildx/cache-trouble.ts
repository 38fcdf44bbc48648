import type { Vertex } from './vertex-table.ts';

/** What went wrong with the cache, none of which fails the build. */
export interface CacheTrouble {
  /** `first-run`: there is no such cache yet, which is nobody's fault. */
  readonly kind: 'first-run' | 'import-failed' | 'export-failed';
  /** Reference or kind of the cache. */
  readonly cache: string;
  readonly message: string;
}

/**
 * The trouble a vertex tells of; its error is the only trace of it (build-anchors 4.2). In a bake the target stands before
 * its name.
 */
export function cacheTrouble({ name, error }: Vertex): CacheTrouble | undefined {
  if (error === '') return undefined;
  const imported = /^(?:\[.*?\] )?importing cache manifest from (.+)$/.exec(name)?.[1];
  if (imported !== undefined) {
    const kind = /: not found$|name unknown|manifest unknown/i.test(error)
      ? 'first-run'
      : 'import-failed';
    return { kind, cache: imported, message: error };
  }
  const exported = /^(?:\[.*?\] )?exporting cache to (.+)$/.exec(name)?.[1];
  if (exported === undefined) return undefined;
  return { kind: 'export-failed', cache: exported, message: error };
}
