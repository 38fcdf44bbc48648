import { type Options, type Result, execa } from 'execa';
import type { Command, CommandResult, Ending } from '../../core/command.ts';
import { LastLines } from '../../core/text/last-lines.ts';
import type { CommandRunner, LineSink } from '../../ports/command-runner.ts';
import { readerCatchesUp } from './printed-lines.ts';

const keptBytes = 4 * 1024 * 1024;
const keptLines = 200;
const graceMs = 2_000;

/**
 * Runs programs with execa. Our children never carry VSTS_PROCESS_LOOKUP_ID: the agent kills whatever
 * does at the end of the job, and Podman's shared helpers would die with it (services-anchors fact 5).
 */
export function execaRunner(cancellation: AbortSignal): CommandRunner {
  return {
    run: async (command) => {
      if (cancellation.aborted && command.onCancel !== 'finish')
        return notStarted(command, 'cancelled');
      const child = execa(command.file, command.args, options(command, cancellation));
      const limit = endAtLimit(command, () => child.kill('SIGTERM'));
      const described = describe(command, (await child) as Result, cancellation);
      return { ...described, ending: limit.ending() ?? described.ending };
    },
    stream: (command, onLine) => stream(command, onLine, cancellation),
  };
}

async function stream(
  command: Command,
  onLine: LineSink,
  cancellation: AbortSignal,
): Promise<CommandResult> {
  if (cancellation.aborted) return notStarted(command, 'cancelled');
  if (command.stop?.aborted === true) return notStarted(command, 'stopped');
  const kept = { stdout: new LastLines(keptLines), stderr: new LastLines(keptLines) };
  const child = execa(command.file, command.args, {
    ...options(command, cancellation),
    buffer: false,
  });
  const silence = watchSilence(command, () => child.kill('SIGTERM'));
  const follow = async (name: 'stdout' | 'stderr'): Promise<void> => {
    for await (const line of child.iterable({ from: name })) {
      kept[name].push(line);
      silence.hear(line);
      await onLine(line, name);
      await readerCatchesUp();
    }
  };
  const [result] = await Promise.all([child, follow('stdout'), follow('stderr')]);
  const described = describe(command, result as Result, cancellation);
  const ending = silence.ending() ?? described.ending;
  const text = (name: keyof typeof kept): string => kept[name].all.join('\n');
  return { command, ending, stdout: text('stdout'), stderr: text('stderr') };
}

/** Ends a program at its time limit, after what it wants to be done before. */
function endAtLimit({ beforeTimeout, timeoutMs }: Command, end: () => void) {
  if (beforeTimeout === undefined) return { ending: () => undefined };
  let isOver = false;
  const timer = setTimeout(() => {
    isOver = true;
    void beforeTimeout().finally(end);
  }, timeoutMs);
  return {
    ending: (): Ending | undefined => {
      clearTimeout(timer);
      return isOver ? { kind: 'timed-out', afterMs: timeoutMs } : undefined;
    },
  };
}

/** Ends a program that has not said what it should in time. */
function watchSilence({ answer }: Command, end: () => void) {
  if (answer === undefined) return { hear: () => undefined, ending: () => undefined };
  let isOver = false;
  const timer = setTimeout(() => {
    isOver = true;
    end();
  }, answer.withinMs);
  return {
    hear: (line: string): void => {
      if (answer.pattern.test(line)) clearTimeout(timer);
    },
    ending: (): Ending | undefined => {
      clearTimeout(timer);
      return isOver ? { kind: 'timed-out', afterMs: answer.withinMs } : undefined;
    },
  };
}

function options(command: Command, cancellation: AbortSignal) {
  const signals = [
    ...(command.onCancel === 'finish' ? [] : [cancellation]),
    ...(command.stop === undefined ? [] : [command.stop]),
  ];
  return {
    reject: false,
    env: { ...command.env, VSTS_PROCESS_LOOKUP_ID: undefined },
    ...(command.cwd === undefined ? {} : { cwd: command.cwd }),
    ...(command.stdin === undefined ? { stdin: 'ignore' } : { input: command.stdin }),
    timeout: command.beforeTimeout === undefined ? command.timeoutMs : 0,
    ...(signals.length === 0
      ? {}
      : { cancelSignal: AbortSignal.any(signals), killSignal: 'SIGINT' }),
    forceKillAfterDelay: graceMs,
    maxBuffer: keptBytes,
    stripFinalNewline: true,
  } as const satisfies Options;
}

function describe(command: Command, result: Result, cancellation: AbortSignal): CommandResult {
  const text = (value: unknown): string => (typeof value === 'string' ? value : '');
  const ending = endingOf(command, result, cancellation);
  return { command, ending, stdout: text(result.stdout), stderr: text(result.stderr) };
}

function endingOf(command: Command, result: Result, cancellation: AbortSignal): Ending {
  if (cancellation.aborted && command.onCancel !== 'finish') return { kind: 'cancelled' };
  if (result.isCanceled) return { kind: 'stopped' };
  if (result.timedOut) return { kind: 'timed-out', afterMs: command.timeoutMs };
  if (result.exitCode !== undefined) return { kind: 'exited', exitCode: result.exitCode };
  if (result.signal !== undefined) return { kind: 'signalled', signal: result.signal };
  return { kind: 'not-found' };
}

function notStarted(command: Command, kind: 'cancelled' | 'stopped'): CommandResult {
  return { command, ending: { kind }, stdout: '', stderr: '' };
}
