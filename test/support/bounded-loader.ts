import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { LoadingOutcome, LoadingTask } from './loading-process.ts';

const program = fileURLToPath(new URL('./loading-process.ts', import.meta.url));

/** Loads projects in a process of its own, so that one that never ends is noticed instead of waited for. */
export class BoundedLoader {
  readonly #limitMs: number;
  #process: ChildProcess | undefined;

  constructor(limitMs: number) {
    this.#limitMs = limitMs;
  }

  /** @throws Error when loading does not end within the limit */
  async load(task: LoadingTask): Promise<LoadingOutcome> {
    this.#process ??= fork(program, {
      execArgv: ['--import', 'tsx'],
      serialization: 'advanced',
    });
    const signal = AbortSignal.timeout(this.#limitMs);
    this.#process.send(task);
    try {
      const [outcome] = (await once(this.#process, 'message', { signal })) as [LoadingOutcome];
      return outcome;
    } catch (cause) {
      this.stop();
      throw new Error(`Loading did not end within ${this.#limitMs / 1000} s.`, { cause });
    }
  }

  stop(): void {
    this.#process?.kill('SIGKILL');
    this.#process = undefined;
  }
}
