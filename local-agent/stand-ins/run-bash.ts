import { spawn, type ChildProcess } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { childEnvironment, command, fail, input, isTrue, variable } from './task-environment.ts';

/** How long to wait for output after bash itself has ended, in milliseconds (as the task library's tool runner). */
const PIPE_GRACE = 10_000;

/**
 * Runs the `script` input with bash, as CmdLine@2 and Bash@3 do: from a file, without `-e`, stderr joined to stdout.
 * A SIGINT from the agent is answered with a SIGTERM to bash.
 */
export function runScript(options: readonly string[]): void {
  process.stdout.write('Generating script.\n');
  const file = join(variable('Agent.TempDirectory'), `${randomUUID()}.sh`);
  writeFileSync(file, input('script'), { mode: 0o600 });
  const args = [...options, file];
  process.stdout.write(
    '========================== Starting Command Output ===========================\n',
  );
  process.stdout.write(`##[command]/usr/bin/env bash ${args.join(' ')}\n`);
  const cwd = input('workingDirectory') || variable('System.DefaultWorkingDirectory');
  const bash = spawn('bash', args, {
    cwd,
    env: childEnvironment(),
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  const stderr = relay(bash);
  process.on('SIGINT', () => bash.kill('SIGTERM'));
  bash.once('error', (error) => {
    fail(`Cannot run bash in ${cwd}: ${error.message}`);
  });
  bash.once('exit', (code, signal) => {
    const timer = setTimeout(() => {
      report(code ?? signal, stderr);
    }, PIPE_GRACE);
    bash.once('close', () => {
      clearTimeout(timer);
      report(code ?? signal, stderr);
    });
  });
}

function relay(bash: ChildProcess): { wasWritten: boolean } {
  const stderr = { wasWritten: false };
  bash.stdout?.pipe(process.stdout, { end: false });
  bash.stderr?.on('data', (chunk: Buffer) => {
    stderr.wasWritten = true;
    process.stdout.write(chunk);
  });
  return stderr;
}

function report(outcome: number | string | null, stderr: { readonly wasWritten: boolean }): void {
  const problems: string[] = [];
  if (outcome !== 0) problems.push(`Bash exited with code '${String(outcome)}'.`);
  if (stderr.wasWritten && isTrue(input('failOnStderr'))) {
    problems.push('Bash wrote one or more lines to the standard error stream.');
  }
  for (const problem of problems) command('task.issue', { type: 'error' }, problem);
  command('task.complete', { result: problems.length > 0 ? 'Failed' : 'Succeeded', done: 'true' });
  process.stdout.write('', () => process.exit(0));
}
