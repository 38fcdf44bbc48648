import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import getPort from 'get-port';

const identity = ['-c', 'user.name=test', '-c', 'user.email=test@example.com'];

/** A repository that git itself serves on loopback, with one commit on main. */
export class GitDaemon {
  readonly url: string;
  readonly #process: ChildProcess;

  private constructor(url: string, process: ChildProcess) {
    this.url = url;
    this.#process = process;
  }

  static async start(folder: string, files: Readonly<Record<string, string>>): Promise<GitDaemon> {
    const repository = join(folder, 'app');
    for (const [path, text] of Object.entries(files)) {
      await mkdir(dirname(join(repository, path)), { recursive: true });
      await writeFile(join(repository, path), text);
    }
    const git = (...args: readonly string[]): Buffer =>
      execFileSync('git', ['-C', repository, ...identity, ...args], { stdio: 'pipe' });
    git('init', '--quiet', '--initial-branch=main');
    git('add', '--all');
    git('commit', '--quiet', '--message=first');
    const port = await getPort();
    const args = ['daemon', '--reuseaddr', '--export-all', '--listen=127.0.0.1', `--port=${port}`];
    const child = spawn('git', [...args, `--base-path=${folder}`, folder], { stdio: 'ignore' });
    await untilListening(port);
    return new GitDaemon(`git://127.0.0.1:${port}/app/.git`, child);
  }

  async stop(): Promise<void> {
    const ended = once(this.#process, 'exit');
    this.#process.kill();
    await ended;
  }
}

async function untilListening(port: number): Promise<void> {
  const end = Date.now() + 10_000;
  while (!(await accepts(port))) {
    if (Date.now() > end) throw new Error(`git daemon does not listen on ${port} after 10 s.`);
    await sleep(50);
  }
}

async function accepts(port: number): Promise<boolean> {
  const socket = connect(port, '127.0.0.1');
  const [event] = await Promise.race([
    once(socket, 'connect').then(() => ['connect']),
    once(socket, 'error').then(() => ['error']),
  ]).catch(() => ['error']);
  socket.destroy();
  return event === 'connect';
}
