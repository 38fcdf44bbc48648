import { join } from 'node:path/posix';
import type { BuildSources } from '../../src/core/buildx/build-sources.ts';
import { totalBytes } from '../../src/core/context/context-file.ts';
import { mostBytes, mostEntries } from '../../src/core/context/context-plan.ts';
import { ignoreRules } from '../../src/core/context/ignore-rules.ts';
import type { UsedContext } from '../../src/core/report/reported-contexts.ts';
import type { BuildTaskPorts } from './build-task-ports.ts';

type Ports = Pick<BuildTaskPorts, 'files' | 'contexts'>;

/** What the further contexts of a build hold that are folders, for the report; one that cannot be read is left out. */
export async function readNamedContexts(
  contexts: BuildSources['namedContexts'],
  ports: Ports,
): Promise<readonly UsedContext[]> {
  const read = contexts.map(async ({ name, value }): Promise<readonly UsedContext[]> => {
    const files = await filesOf(value, ports);
    return files === undefined ? [] : [{ uses: [{ name }], files }];
  });
  return (await Promise.all(read)).flat();
}

async function filesOf(
  folder: string,
  { files, contexts }: Ports,
): Promise<UsedContext['files'] | undefined> {
  if ((await files.exists(folder)) !== 'directory') return undefined;
  try {
    const rules = ignoreRules((await files.readText(join(folder, '.dockerignore'))) ?? '');
    const entries = await contexts.list(folder, rules, mostEntries);
    const isLarge = entries.length > mostEntries || totalBytes(entries) > mostBytes;
    return isLarge ? undefined : await contexts.index(folder, entries);
  } catch {
    return undefined;
  }
}
