import { setTimeout as sleep } from 'node:timers/promises';
import { execa } from 'execa';

/** How a program that a test started ended. */
export interface Ended {
  readonly exitCode: number | undefined;
  /** Standard output and error as one text. */
  readonly output: string;
}

/**
 * Runs a real program in a playground's environment and returns how it ended, good or bad; after the
 * limit (ms) it is killed.
 */
export async function runTool(
  argv: readonly [string, ...string[]],
  environment: Record<string, string>,
  limit = 60_000,
): Promise<Ended> {
  const [command, ...rest] = argv;
  const options = { env: environment, all: true, reject: false, stdin: 'ignore' } as const;
  const result = await execa(command, rest, { ...options, timeout: limit });
  return { exitCode: result.exitCode, output: result.all || result.message || '' };
}

/** Runs a real program that must end with 0, and returns its output. */
export async function mustRun(
  argv: readonly [string, ...string[]],
  environment: Record<string, string>,
  limit?: number,
): Promise<string> {
  const { exitCode, output } = await runTool(argv, environment, limit);
  if (exitCode === 0) return output;
  throw new Error(`${argv.join(' ')} ended with ${exitCode ?? 'no exit code'}:\n${output}`);
}

/** Asks again every 100 ms until the answer is yes, for at most 20 s. */
export async function until(question: () => Promise<boolean>, what: string): Promise<void> {
  const end = Date.now() + 20_000;
  while (!(await question())) {
    if (Date.now() > end) throw new Error(`Waited 20 s in vain for: ${what}`);
    await sleep(100);
  }
}
