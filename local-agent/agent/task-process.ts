// node:child_process and not execa: the agent must see the process end while a grandchild still holds its pipes, which
// execa (like the `close` event) waits out, and must signal one process id by hand.
import { spawn, type ChildProcess } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { constants } from 'node:os';
import type { Readable } from 'node:stream';
import { LineSplitter } from './line-splitter.ts';

/** How a task's process is started. */
export interface TaskProcessOptions {
  readonly file: string;
  readonly args: readonly string[];
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
  /** One line of stdout or stderr; which of the two does not matter to the agent. */
  readonly onLine: (line: string) => void;
  /** Aborted when the step is cancelled or times out. */
  readonly cancel: AbortSignal;
  /** Milliseconds between the signals. */
  readonly graces: { readonly afterInterrupt: number; readonly afterTerminate: number };
}

/** How long the agent waits for pipes that outlive their process, in milliseconds (SDK/ProcessInvoker.cs). */
const PIPE_GRACE = 5000;

/**
 * Runs a task as the agent does: stdin closed at once, both outputs read by line, and on cancel SIGINT, SIGTERM and
 * SIGKILL to this one process, never to its group. Resolves with the exit code (128 + n for signal n).
 * The process leads its own session, so that a Ctrl+C in a terminal reaches only the local agent.
 */
export async function runTaskProcess(options: TaskProcessOptions): Promise<number> {
  const child = spawn(options.file, options.args, {
    cwd: options.cwd,
    env: options.env,
    detached: true,
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  child.stdin.on('error', () => undefined).end();
  const outputs = [child.stdout, child.stderr];
  const drained = Promise.all(outputs.map((stream) => readLines(stream, options.onLine)));
  const exit = exitOf(child);
  preferAsVictim(child.pid, options.env['PIPELINE_JOB_OOMSCOREADJ']);
  const stopSignals = escalateOnCancel(child, options);
  try {
    const code = await exit;
    await Promise.race([drained, afterMilliseconds(PIPE_GRACE)]);
    return code;
  } finally {
    stopSignals();
    for (const stream of outputs) stream.removeAllListeners('data').destroy();
  }
}

function exitOf(child: ChildProcess): Promise<number> {
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code, signal) => {
      resolve(code ?? 128 + (signal ? constants.signals[signal] : 0));
    });
  });
}

function readLines(stream: Readable, onLine: (line: string) => void): Promise<void> {
  const splitter = new LineSplitter(onLine);
  stream.on('data', (chunk: Buffer) => {
    splitter.write(chunk);
  });
  return new Promise((resolve) => {
    stream.once('end', () => {
      splitter.end();
      resolve();
    });
    stream.once('error', () => {
      resolve();
    });
  });
}

/** Sends the three signals when `cancel` fires; the answer stops that. */
function escalateOnCancel(child: ChildProcess, options: TaskProcessOptions): () => void {
  let timer: NodeJS.Timeout | undefined;
  const send = (signal: NodeJS.Signals): void => {
    if (child.exitCode === null && child.signalCode === null) child.kill(signal);
  };
  const start = (): void => {
    send('SIGINT');
    timer = setTimeout(() => {
      send('SIGTERM');
      timer = setTimeout(() => {
        send('SIGKILL');
      }, options.graces.afterTerminate);
    }, options.graces.afterInterrupt);
  };
  if (options.cancel.aborted) start();
  else options.cancel.addEventListener('abort', start, { once: true });
  return () => {
    clearTimeout(timer);
    options.cancel.removeEventListener('abort', start);
  };
}

/** The agent makes its children the first to die when memory runs out (SDK/ProcessInvoker.cs). */
function preferAsVictim(pid: number | undefined, score = '500'): void {
  if (pid === undefined) return;
  writeFile(`/proc/${pid}/oom_score_adj`, score).catch(() => undefined);
}

function afterMilliseconds(milliseconds: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, milliseconds).unref();
  });
}
