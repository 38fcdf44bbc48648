import { chmod, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * A folder for PATH whose programs only leave a trace: what a task must not start after a mistake in its
 * inputs. Stands for every program that the tasks could start.
 * @param then shell commands that each goes on with
 */
export async function tripwires(
  folder: string,
  then = '',
): Promise<{
  readonly path: string;
  /** The command lines that were started, in order. */
  started(): Promise<readonly string[]>;
}> {
  const trace = join(folder, 'started');
  const path = join(folder, 'bin');
  await mkdir(path);
  await writeFile(trace, '');
  for (const program of ['buildx', 'docker', 'docker-buildx', 'podman', 'git']) {
    await writeFile(join(path, program), `#!/bin/sh\necho "${program} $*" >>${trace}\n${then}\n`);
    await chmod(join(path, program), 0o755);
  }
  const started = async (): Promise<readonly string[]> =>
    (await readFile(trace, 'utf8')).split('\n').filter((line) => line !== '');
  return { path, started };
}
