import { type ChildProcess, spawn } from 'node:child_process';
import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { parse } from 'yaml';

/** A demo in a process group of its own, so that a test can press Ctrl+C as a terminal does. */
export interface RunningDemo {
  /** Resolves once the output so far matches; rejects when the demo ends before. */
  printed(pattern: RegExp): Promise<void>;
  /** SIGINT to the whole group, as a terminal sends it. */
  pressCtrlC(): void;
  readonly ended: Promise<{ readonly exitCode: number | null; readonly output: string }>;
}

export function startDemo(stateDir: string, ...args: readonly string[]): RunningDemo {
  const child = spawn(
    process.execPath,
    ['--import', 'tsx', 'scripts/demo.ts', '--state', stateDir, ...args],
    { detached: true, stdio: ['ignore', 'pipe', 'pipe'] },
  );
  let output = '';
  const collect = (chunk: Buffer): void => {
    output += chunk.toString();
  };
  child.stdout.on('data', collect);
  child.stderr.on('data', collect);
  const ended = new Promise<{ exitCode: number | null; output: string }>((resolve) => {
    child.on('close', (exitCode) => {
      resolve({ exitCode, output });
    });
  });
  return {
    printed: (pattern) => waitForOutput(child, () => output, pattern),
    pressCtrlC: () => process.kill(-(child.pid ?? 0), 'SIGINT'),
    ended,
  };
}

async function waitForOutput(
  child: ChildProcess,
  output: () => string,
  pattern: RegExp,
): Promise<void> {
  while (!pattern.test(output())) {
    if (child.exitCode !== null) throw new Error(`ended before ${String(pattern)}:\n${output()}`);
    await delay(50);
  }
}

/** The secrets of a running demo, from its resources file, which exists only while it runs. */
export async function secretsOf(stateDir: string): Promise<readonly string[]> {
  for (;;) {
    const text = await readFile(join(stateDir, 'resources.yml'), 'utf8').catch(() => '');
    if (text.endsWith('\n')) {
      const resources = parse(text) as {
        variables: { signingKey: { value: string } };
        serviceConnections: Record<string, { parameters: { password: string } }>;
      };
      const passwords = Object.values(resources.serviceConnections).map(
        ({ parameters }) => parameters.password,
      );
      return [resources.variables.signingKey.value, ...passwords];
    }
    await delay(20);
  }
}

/** The command lines of all processes of this machine, as `ps` would show them now. */
export async function commandLines(): Promise<readonly string[]> {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  const texts = pids.map((pid) => readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => ''));
  return (await Promise.all(texts)).map((text) => text.replaceAll('\0', ' '));
}
