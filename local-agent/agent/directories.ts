import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';

/** The folders of an agent's work directory (CORE/Constants.cs). All paths are absolute. */
export interface Directories {
  readonly work: string;
  readonly tasks: string;
  readonly tools: string;
  readonly temp: string;
  readonly attachments: string;
  /** `_work/1`: the pipeline's workspace, with `s`, `a`, `b` and `TestResults` in it. */
  readonly workspace: string;
  readonly sources: string;
  readonly artifacts: string;
  readonly binaries: string;
  readonly testResults: string;
}

export function directoriesOf(work: string): Directories {
  const workspace = join(work, '1');
  return {
    work,
    tasks: join(work, '_tasks'),
    tools: join(work, '_tool'),
    temp: join(work, '_temp'),
    attachments: join(work, '_attachments'),
    workspace,
    sources: join(workspace, 's'),
    artifacts: join(workspace, 'a'),
    binaries: join(workspace, 'b'),
    testResults: join(workspace, 'TestResults'),
  };
}

/** Makes all folders; those that the agent empties before a job are emptied, sources too (as on a fresh agent). */
export async function prepareDirectories(directories: Directories): Promise<void> {
  const { temp, sources, artifacts, testResults, binaries, tasks, tools, attachments } =
    directories;
  const emptied = [temp, sources, artifacts, testResults];
  await Promise.all(emptied.map((folder) => rm(folder, { recursive: true, force: true })));
  for (const folder of [...emptied, binaries, tasks, tools, attachments]) {
    await mkdir(folder, { recursive: true });
  }
}
