import { mkdir, mkdtemp, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { mustRun } from './run-tool.ts';

/** Repositories and fresh clones of them, below one folder. */
export class RepositoryGround {
  readonly #folder: string;
  readonly #environment: Readonly<Record<string, string>>;

  constructor(folder: string, environment: Readonly<Record<string, string>>) {
    this.#folder = folder;
    this.#environment = environment;
  }

  /** Writes files into a repository, which is made when it is missing, and commits all of them. */
  async commit(origin: string, files: Readonly<Record<string, string | Buffer>>): Promise<void> {
    await mkdir(origin, { recursive: true });
    for (const [path, content] of Object.entries(files)) {
      await mkdir(dirname(join(origin, path)), { recursive: true });
      await writeFile(join(origin, path), content);
    }
    const git = ['git', '-C', origin, '-c', 'user.name=x', '-c', 'user.email=x@x'] as const;
    const run = (...args: readonly string[]) => mustRun([...git, ...args], this.#environment);
    await run('init', '--quiet');
    await run('add', '--all');
    await run('commit', '--quiet', '--message', 'x');
  }

  /** Clones a repository as an agent's folder `s`, which gives every file the time of the clone. */
  async clone(origin: string): Promise<string> {
    const work = join(await mkdtemp(join(this.#folder, 'agent-')), 's');
    await mustRun(['git', 'clone', '--quiet', origin, work], this.#environment);
    return work;
  }
}
