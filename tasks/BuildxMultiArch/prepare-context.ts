import { join, resolve } from 'node:path/posix';
import type { BuildRequest } from '../../src/core/buildx/build-request.ts';
import type { readonly ContextFile[], ContextEntry } from '../../src/core/context/context-file.ts';
import { totalBytes } from '../../src/core/context/context-file.ts';
import { contentTime } from '../../src/core/context/content-time.ts';
import { mostEntries, reasonToSendAsItIs } from '../../src/core/context/context-plan.ts';
import { copyPlaces, foldersAbove } from '../../src/core/context/copy-places.ts';
import { type IgnoreRules, ignoreFiles, ignoreRules } from '../../src/core/context/ignore-rules.ts';
import { largeContext } from '../../src/core/context/large-context.ts';
import { formatBytes } from '../../src/core/text/measures.ts';
import type { BuildPorts } from './build-ports.ts';

/** The context as buildx is given it. */
export interface PreparedContext {
  readonly path: string;
  /** What is in it; absent when it could not be read, or is too large to. */
  readonly index?: readonly ContextFile[];
  /** For people. */
  readonly lines: readonly string[];
}

type Ports = Pick<BuildPorts, 'host' | 'files' | 'contexts'>;

/**
 * Copies the context into a folder of ours, each file with a time that follows from its content: the daemon
 * then asks for changed files only, also when everything was cloned anew, and never takes one content for
 * another. The user's own files are not touched. Where that is not safe the context is used as it is.
 */
export async function prepareContext(
  request: BuildRequest,
  folder: string,
  ports: Ports,
): Promise<PreparedContext> {
  const { context } = request;
  try {
    const found = await look(request, ports);
    const reason = reasonToSendAsItIs(request.contextTimes, found, found.entries);
    const told = largeContext(found.entries);
    if (reason === undefined) {
      const copied = await copyContext(request, found, folder, ports);
      return { ...copied, lines: [uploadLine(copied.index), ...told] };
    }
    const lines = [`Context: sent as it was checked out, because ${reason}.`, ...told];
    if (found.entries.length > mostEntries) return { path: context, lines };
    return { path: context, lines, index: await ports.contexts.index(context, found.entries) };
  } catch (error) {
    const cause = error instanceof Error ? error.message : String(error);
    await ports.files.remove(folder);
    return { path: context, lines: [`Context: sent as it was checked out, because ${cause}.`] };
  }
}

interface Found {
  readonly dockerfile: string;
  readonly rules: IgnoreRules;
  readonly entries: readonly ContextEntry[];
}

async function look(
  { context, dockerfile }: BuildRequest,
  { files, contexts }: Ports,
): Promise<Found> {
  const texts = await Promise.all(
    [...ignoreFiles(context, dockerfile), dockerfile].map((path) => files.readText(path)),
  );
  const rules = ignoreRules(texts[0] ?? texts[1] ?? '');
  const entries = await contexts.list(context, rules, mostEntries);
  return { dockerfile: texts[2] ?? '', rules, entries };
}

async function copyContext(
  request: BuildRequest,
  { rules, entries }: Found,
  folder: string,
  { host, files, contexts }: Ports,
): Promise<Required<Pick<PreparedContext, 'path' | 'index'>>> {
  const { context } = request;
  const repository = await repositoryOf(context, files);
  const sources = host.variable('Build.SourcesDirectory') ?? '/';
  const { copy, alias, gitFile } = copyPlaces(request, { folder, sources, repository });
  const index = await contexts.copy(context, entries, copy, contentTime);
  const ignored = await files.readText(join(context, '.dockerignore'));
  if (ignored !== undefined) await files.writeText(join(copy, '.dockerignore'), ignored, 0o644);
  await contexts.link(copy, alias);
  const isSent = repository === context && !rules.leavesOut('.git');
  if (repository !== undefined && gitFile !== undefined && !isSent) {
    await files.writeText(gitFile, await gitFolder(repository, files), 0o644);
  }
  return { path: alias, index };
}

async function repositoryOf(
  context: string,
  files: Ports['files'],
): Promise<string | undefined> {
  for (const folder of foldersAbove(context)) {
    if ((await files.exists(join(folder, '.git'))) !== undefined) return folder;
  }
  return undefined;
}

/** The text of a .git file that stands for a repository (gitrepository-layout): worktrees have one themselves. */
async function gitFolder(repository: string, files: Ports['files']): Promise<string> {
  const own = join(repository, '.git');
  const text = (await files.exists(own)) === 'file' ? await files.readText(own) : undefined;
  const elsewhere = /^gitdir: (.+)$/m.exec(text ?? '')?.[1];
  return `gitdir: ${elsewhere === undefined ? own : resolve(repository, elsewhere)}\n`;
}

function uploadLine(index: readonly ContextFile[]): string {
  const size = formatBytes(totalBytes(index));
  return `Context: ${index.length} files, ${size}; of those, the daemon is sent what has changed since it last built this.`;
}
