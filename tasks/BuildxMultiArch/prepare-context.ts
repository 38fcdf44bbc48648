import type { Bake } from '../../src/core/bake/baked-targets.ts';
import type { TargetContexts } from '../../src/core/bake/target-contexts.ts';
import type { BuildRequest } from '../../src/core/buildx/build-request.ts';
import type { BuildSources } from '../../src/core/buildx/build-sources.ts';
import {
  type ContextEntry,
  type ContextFile,
  totalBytes,
} from '../../src/core/context/context-file.ts';
import { mostEntries, reasonToSendAsItIs } from '../../src/core/context/context-plan.ts';
import { type IgnoreRules, ignoreFiles, ignoreRules } from '../../src/core/context/ignore-rules.ts';
import { largeContext } from '../../src/core/context/large-context.ts';
import type { UsedContext } from '../../src/core/report/reported-contexts.ts';
import { formatBytes } from '../../src/core/text/measures.ts';
import type { BuildTaskPorts } from './build-task-ports.ts';
import { copyContext } from './copy-context.ts';
import { prepareBakeContexts } from './prepare-bake-contexts.ts';
import { readNamedContexts } from './read-named-contexts.ts';

/** The context as buildx is given it. */
export interface PreparedContext {
  /** A folder, or whatever else the input names. */
  readonly path: string;
  /** What is in the folders that files are taken from; without those that could not be read, or are too large to. */
  readonly read: readonly UsedContext[];
  /** Of a bake: the contexts of its targets. */
  readonly ofTargets?: Readonly<Record<string, TargetContexts>>;
  /** For people. */
  readonly lines: readonly string[];
}

type Ports = Pick<BuildTaskPorts, 'host' | 'files' | 'contexts'>;

/**
 * Copies the context into a folder of ours, each file with a time that follows from its content: the daemon
 * then asks for changed files only, also when everything was cloned anew, and never takes one content for
 * another. The user's own files are not touched. Where that is not safe the context is used as it is.
 */
export async function prepareContext(
  { request, bake }: { readonly request: Pick<BuildRequest, 'sources'>; readonly bake?: Bake },
  folder: string,
  ports: Ports,
): Promise<PreparedContext> {
  const { sources } = request;
  const { context } = sources;
  if (bake !== undefined) {
    return { path: context, ...(await prepareBakeContexts(request, bake, folder, ports)) };
  }
  const named = await readNamedContexts(sources.namedContexts, ports);
  if ((await ports.files.exists(context)) !== 'directory') {
    return { path: context, read: named, lines: [] };
  }
  try {
    const { files, ...prepared } = await copiedOrNot(sources, folder, ports);
    const own = files === undefined ? [] : [{ uses: [{}], files }];
    return { ...prepared, read: [...own, ...named] };
  } catch (error) {
    const cause = error instanceof Error ? error.message : String(error);
    await ports.files.remove(folder);
    return { path: context, read: named, lines: [asItIs(cause)] };
  }
}

interface PlacedContext extends Pick<PreparedContext, 'path' | 'lines'> {
  readonly files?: readonly ContextFile[];
}

async function copiedOrNot(
  sources: BuildSources,
  folder: string,
  ports: Ports,
): Promise<PlacedContext> {
  const { context } = sources;
  const found = await look(sources, ports);
  const reason = reasonToSendAsItIs(sources.contextTimes, found, found.entries);
  const told = largeContext(found.entries);
  if (reason === undefined) {
    const { alias, files } = await copyContext(sources, found, folder, ports);
    return { path: alias, files, lines: [...told, delta(files)] };
  }
  const lines = [...told, asItIs(reason)];
  if (found.entries.length > mostEntries) return { path: context, lines };
  return { path: context, lines, files: await ports.contexts.index(context, found.entries) };
}

/** What a context holds, and what decides about its files. */
interface FoundContext {
  readonly dockerfile: string;
  readonly rules: IgnoreRules;
  readonly entries: readonly ContextEntry[];
}

async function look(
  { context, dockerfile, dockerfileText }: BuildSources,
  { files, contexts }: Ports,
): Promise<FoundContext> {
  const [beside, inside, instructions] = await Promise.all(
    [...ignoreFiles(context, dockerfile), dockerfile].map((path) => files.readText(path)),
  );
  const rules = ignoreRules(beside ?? inside ?? '');
  const entries = await contexts.list(context, rules, mostEntries);
  return { dockerfile: dockerfileText ?? instructions ?? '', rules, entries };
}

function delta(files: readonly ContextFile[]): string {
  const size = formatBytes(totalBytes(files));
  return `Context: ${files.length} files, ${size}; the daemon is sent those that have changed since the last build.`;
}

function asItIs(reason: string): string {
  return `Context: sent as it was checked out, because ${reason}.`;
}
