import { spawn } from 'node:child_process';

export interface TimedProgram {
  readonly file: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly cwd: string;
  /** Time ends when this is printed; without it, when the program ends. */
  readonly until?: string;
}

const limitMs = 20_000;

/**
 * Milliseconds from starting a program until it prints a text, or ends. It is killed then.
 * @throws Error when it ends without having printed the text.
 */
export function timeUntil({ file, args, env, cwd, until }: TimedProgram): Promise<number> {
  return new Promise((resolve, reject) => {
    const begin = process.hrtime.bigint();
    const elapsed = (): number => Number(process.hrtime.bigint() - begin) / 1e6;
    const child = spawn(file, args, {
      env,
      cwd,
      stdio: ['ignore', 'pipe', 'inherit'],
      timeout: limitMs,
    });
    let output = '';
    child.stdout.on('data', (chunk: Buffer) => {
      output += chunk.toString();
      if (until === undefined || !output.includes(until)) return;
      resolve(elapsed());
      child.kill('SIGKILL');
    });
    child.on('error', reject);
    child.on('exit', () => {
      if (until === undefined) resolve(elapsed());
      else reject(new Error(`${args.join(' ')} ended without "${until}":\n${output}`));
    });
  });
}
