import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { processLine } from './commands/process-line.ts';
import { buildEnvironment } from './environment.ts';
import { resolveInputs } from './inputs.ts';
import { knob } from './job-context.ts';
import { selectNode, type NodeBinaries } from './node-binaries.ts';
import type { StepContext } from './step-context.ts';
import type { Handler, TaskDefinition } from './task-definition.ts';
import { runTaskProcess, type TaskProcessOptions } from './task-process.ts';

/** A task as it lies unpacked in `_work/_tasks`. */
export interface UnpackedTask {
  readonly definition: TaskDefinition;
  readonly folder: string;
}

/** Signals' graces in milliseconds, overridable by the agent's own knobs. */
const SIGINT_GRACE = 7500;
const SIGTERM_GRACE = 2500;

/** How long a process may live on after `task.complete done=true`, in milliseconds. */
const DONE_GRACE = 5000;

const STILL_RUNNING =
  'The task was marked as "done", but the process has not closed after 5 seconds. Treating the task as complete.';

/** The exit code of a task that was not zero: the step fails whatever the task reported. */
class ExitCodeError extends Error {
  override readonly name = 'ExitCodeError';
}

/** Runs one handler of a task once. @throws ExitCodeError, or an Error about a missing file or Node */
export async function runHandler(
  context: StepContext,
  { task, handler, node }: { task: UnpackedTask; handler: Handler; node: string },
  cancel: AbortSignal,
): Promise<void> {
  const target = targetOf(context, task, handler);
  const listener = { isOn: true };
  const done = forcedCompletion(context);
  const exit = runTaskProcess({
    file: node,
    args: [target],
    cwd: workingDirectory(context, handler),
    env: environmentOf(context, task),
    onLine: (line) => {
      if (listener.isOn) processLine(context, line);
    },
    cancel,
    graces: gracesOf(context),
  });
  const code = await Promise.race([exit, done]);
  listener.isOn = false;
  if (code === 'forced') exit.catch(() => undefined);
  else if (code !== 0 && !cancel.aborted) {
    throw new ExitCodeError(
      `Exit code ${code} returned from process: file name '${node}', arguments '"${target}"'.`,
    );
  }
}

/** Settles some seconds after `task.complete done=true`; the process may live on, what it prints is dropped. */
function forcedCompletion(context: StepContext): Promise<'forced'> {
  return new Promise((resolve) => {
    context.forceCompletion = () => {
      const timer = setTimeout(() => {
        context.job.log.debug(STILL_RUNNING);
        resolve('forced');
      }, DONE_GRACE);
      timer.unref();
    };
  });
}

function gracesOf(context: StepContext): TaskProcessOptions['graces'] {
  return {
    afterInterrupt: milliseconds(context, 'PROCESS_SIGINT_TIMEOUT', SIGINT_GRACE),
    afterTerminate: milliseconds(context, 'PROCESS_SIGTERM_TIMEOUT', SIGTERM_GRACE),
  };
}

function workingDirectory({ job }: StepContext, handler: Handler): string {
  const folder =
    handler.workingDirectory ||
    (job.variables.get('System.DefaultWorkingDirectory') ?? job.directories.work);
  if (!existsSync(folder)) throw new Error(`Working directory not found: '${folder}'`);
  return folder;
}

/** `$(currentDirectory)` is known in `execution` only; a relative target is resolved against the task's folder everywhere. */
function targetOf(context: StepContext, task: UnpackedTask, handler: Handler): string {
  const text =
    context.phase === 'main'
      ? handler.target.replaceAll('$(currentDirectory)', task.folder)
      : handler.target;
  const target = resolve(task.folder, text);
  if (!existsSync(target)) throw new Error(`File not found: '${target}'`);
  return target;
}

function environmentOf(context: StepContext, { definition }: UnpackedTask): Record<string, string> {
  const { job, step } = context;
  const expand = (text: string): string => job.variables.expand(text);
  const inputs = resolveInputs(definition.inputs, step.inputs, {
    expandVariables: expand,
    process: job.process,
    repositoryFolder: job.directories.sources,
  });
  const idsOf = (test: (type: string) => boolean): Set<string> =>
    new Set(
      definition.inputs
        .filter(({ type }) => test(type))
        .flatMap(({ name }) => (inputs.get(name) ?? '').split(','))
        .map((id) => id.trim().toLowerCase()),
    );
  const connections = idsOf((type) => type.startsWith('connectedservice:'));
  const files = idsOf((type) => type === 'securefile');
  return buildEnvironment({
    process: job.process,
    step: step.environment.map(([name, value]) => [name, expand(value)] as const),
    variables: job.variables.all(),
    inputs,
    endpoints: job.endpoints.filter(({ id }) => id === null || connections.has(id)),
    secureFiles: job.message.secureFiles.filter(({ id }) => files.has(id)),
    taskVariables: [...context.taskVariables.values()],
    prependedPath: job.prependedPath,
  });
}

/** The binary for a handler under this job's knobs. */
export function nodeFor(context: StepContext, handler: Handler, binaries: NodeBinaries): string {
  return selectNode(handler.name, binaries, (name) => knob(context.job, name));
}

function milliseconds({ job }: StepContext, name: string, fallback: number): number {
  const value = Number(knob(job, name));
  return Number.isInteger(value) && value > 0 ? value : fallback;
}
