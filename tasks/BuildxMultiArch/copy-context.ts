import { join, resolve } from 'node:path/posix';
import type { BuildSources } from '../../src/core/buildx/build-sources.ts';
import { contentTime } from '../../src/core/context/content-time.ts';
import type { ContextEntry, ContextFile } from '../../src/core/context/context-file.ts';
import { copyPlaces, foldersAbove } from '../../src/core/context/copy-places.ts';
import type { IgnoreRules } from '../../src/core/context/ignore-rules.ts';
import type { BuildTaskPorts } from './build-task-ports.ts';

type Ports = Pick<BuildTaskPorts, 'host' | 'files' | 'contexts'>;

/**
 * The copy of a context below `folder`, by the name that the daemon knows its uploads by.
 * @throws the file system's error
 */
export async function copyContext(
  sources: BuildSources,
  found: { readonly rules: IgnoreRules; readonly entries: readonly ContextEntry[] },
  folder: string,
  { host, files, contexts }: Ports,
): Promise<{ readonly alias: string; readonly files: readonly ContextFile[] }> {
  const { context } = sources;
  const repository = await repositoryOf(context, files);
  const root = host.variable('Build.SourcesDirectory') ?? '/';
  const { copy, alias, gitFile } = copyPlaces(sources, { folder, root, repository });
  const copied = await contexts.copy(context, found.entries, copy, contentTime);
  await contexts.link(copy, alias);
  // BuildKit reads the rules in the context itself, also where they leave their own file out.
  const ignored = await files.readText(join(context, '.dockerignore'));
  if (ignored !== undefined) await files.writeText(join(copy, '.dockerignore'), ignored, 0o644);
  const isCopied = repository === context && !found.rules.leavesOut('.git');
  if (repository !== undefined && gitFile !== undefined && !isCopied) {
    await files.writeText(gitFile, await gitFileText(repository, files), 0o644);
  }
  return { alias, files: copied };
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
