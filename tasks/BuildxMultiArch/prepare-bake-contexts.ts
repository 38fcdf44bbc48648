import { relative } from 'node:path/posix';
import type { Bake } from '../../src/core/bake/baked-targets.ts';
import {
  type ContextUse,
  type TargetContexts,
  contextUses,
} from '../../src/core/bake/target-contexts.ts';
import type { BuildRequest } from '../../src/core/buildx/build-request.ts';
import { totalBytes } from '../../src/core/context/context-file.ts';
import { largeContext } from '../../src/core/context/large-context.ts';
import type { ContextUser } from '../../src/core/report/context-upload.ts';
import type { UsedContext } from '../../src/core/report/reported-contexts.ts';
import { formatBytes } from '../../src/core/text/measures.ts';
import type { BuildTaskPorts } from './build-task-ports.ts';
import { ContextCopies, type PlacedUse } from './context-copies.ts';

/** The contexts of a bake as buildx is given them. */
export interface PreparedContexts {
  /** By target. */
  readonly ofTargets: Readonly<Record<string, TargetContexts>>;
  /** What they hold, each once; those that nobody has read are left out. */
  readonly read: readonly UsedContext[];
  /** For people. */
  readonly lines: readonly string[];
}

interface Placed extends PlacedUse {
  readonly use: ContextUse;
}

/** As `prepareContext` does for a build: copies of the targets' contexts, whose files have times made from content. */
export async function prepareBakeContexts(
  { sources }: Pick<BuildRequest, 'sources'>,
  bake: Bake,
  folder: string,
  ports: Pick<BuildTaskPorts, 'host' | 'files' | 'contexts'>,
): Promise<PreparedContexts> {
  const copies = new ContextCopies(sources, folder, ports);
  const placed: Placed[] = [];
  // One after the other: targets that share a context wait for its copy anyway.
  for (const use of contextUses(bake, sources.context)) {
    placed.push({ use, ...(await copies.place(use)) });
  }
  const lines = linesOf(placed, sources.context);
  return { ofTargets: ofTargets(placed), read: readOf(placed), lines };
}

function readOf(placed: readonly Placed[]): readonly UsedContext[] {
  const users = new Map<UsedContext['files'], ContextUser[]>();
  for (const { use, files } of placed) {
    if (files === undefined) continue;
    users.set(files, [...(users.get(files) ?? []), { target: use.target, name: use.name }]);
  }
  return [...users].map(([files, uses]) => ({ files, uses }));
}

function ofTargets(placed: readonly Placed[]): Readonly<Record<string, TargetContexts>> {
  const made: Record<string, TargetContexts> = {};
  for (const { use, path } of placed) {
    if (path === undefined) continue;
    const { named, ...own } = made[use.target] ?? { named: {} };
    made[use.target] =
      use.name === undefined
        ? { named, own: path }
        : { ...own, named: { ...named, [use.name]: path } };
  }
  return made;
}

/** One line for each context, and for each reason to leave it. */
function linesOf(placed: readonly Placed[], root: string): readonly string[] {
  const told = new Map<string, Placed[]>();
  for (const one of placed) {
    const news = newsOf(one);
    if (news === undefined) continue;
    const key = `Context ${relative(root, one.use.context) || '.'}\0${news}`;
    told.set(key, [...(told.get(key) ?? []), one]);
  }
  return [...told].flatMap(([key, uses]) => {
    const [context = '', news = ''] = key.split('\0');
    const targets = [...new Set(uses.map(({ use }) => use.target))].join(', ');
    const large = largeContext(uses[0]?.files ?? []);
    return [...large, `${context} (${targets}): ${news}`];
  });
}

function newsOf({ reason, files }: PlacedUse): string | undefined {
  if (reason !== undefined) return `sent as it was checked out, because ${reason}.`;
  if (files === undefined) return undefined;
  const size = formatBytes(totalBytes(files));
  return `${files.length} files, ${size}; the daemon is sent those that have changed since the last build.`;
}
