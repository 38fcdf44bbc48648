import { join, resolve } from 'node:path/posix';
import { contentTime } from '../../src/core/context/content-time.ts';
import type { ContextEntry, ContextFile } from '../../src/core/context/context-file.ts';
import { type CopyPlaces, copyPlaces, foldersAbove } from '../../src/core/context/copy-places.ts';
import type { IgnoreRules } from '../../src/core/context/ignore-rules.ts';
import type { BuildTaskPorts } from './build-task-ports.ts';

type Ports = Pick<BuildTaskPorts, 'host' | 'files' | 'contexts'>;

/** What decides about the name of a copy. */
export type NamedSources = Parameters<typeof copyPlaces>[0];

/**
 * The copy of a context below `folder`, by the name that the daemon knows its uploads by.
 * @throws the file system's error
 */
export async function copyContext(
  sources: NamedSources,
  found: { readonly rules: IgnoreRules; readonly entries: readonly ContextEntry[] },
  folder: string,
  ports: Ports,
): Promise<{ readonly alias: string; readonly files: readonly ContextFile[] }> {
  const { files, contexts } = ports;
  const { context } = sources;
  const repository = await repositoryOf(context, files);
  const { copy, gitFile } = placesOf(sources, repository, folder, ports);
  const copied = await contexts.copy(context, found.entries, copy, contentTime);
  // BuildKit reads the rules in the context itself, also where they leave their own file out.
  const ignored = await files.readText(join(context, '.dockerignore'));
  if (ignored !== undefined) await files.writeText(join(copy, '.dockerignore'), ignored, 0o644);
  const isCopied = repository === context && !found.rules.leavesOut('.git');
  if (repository !== undefined && gitFile !== undefined && !isCopied) {
    await files.writeText(gitFile, await gitFileText(repository, files), 0o644);
  }
  return { alias: await nameCopy(sources, folder, ports), files: copied };
}

/**
 * A name of a copy below `folder`, made where it is not there: one for each that takes other files of the context.
 * @throws the file system's error
 */
export async function nameCopy(
  sources: NamedSources,
  folder: string,
  ports: Ports,
): Promise<string> {
  const { files, contexts } = ports;
  const repository = await repositoryOf(sources.context, files);
  const { copy, alias } = placesOf(sources, repository, folder, ports);
  if ((await files.exists(alias)) === undefined) await contexts.link(copy, alias);
  return alias;
}

function placesOf(
  sources: NamedSources,
  repository: string | undefined,
  folder: string,
  { host }: Ports,
): CopyPlaces {
  const root = host.variable('Build.SourcesDirectory') ?? '/';
  return copyPlaces(sources, { folder, root, repository });
}

async function repositoryOf(context: string, files: Ports['files']): Promise<string | undefined> {
  for (const folder of foldersAbove(context)) {
    if ((await files.exists(join(folder, '.git'))) !== undefined) return folder;
  }
  return undefined;
}

/** Stands for a repository elsewhere (git, gitrepository-layout); a worktree has such a file itself. */
async function gitFileText(repository: string, files: Ports['files']): Promise<string> {
  const own = join(repository, '.git');
  const text = (await files.exists(own)) === 'file' ? await files.readText(own) : undefined;
  const elsewhere = /^gitdir: (.+)$/m.exec(text ?? '')?.[1];
  return `gitdir: ${elsewhere === undefined ? own : resolve(repository, elsewhere)}\n`;
}
