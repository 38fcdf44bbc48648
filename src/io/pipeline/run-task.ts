import tl from 'azure-pipelines-task-lib/task.js';
import { CommandFailedError } from '../../core/command-failure.ts';
import {
  CancelledError,
  type Problem,
  type SourcePlace,
  UserError,
  describeProblem,
} from '../../core/errors.ts';
import type { InputSpecs, InputValues } from '../../core/task/input-spec.ts';
import { allProblems, readInputs } from '../../core/task/read-inputs.ts';
import type { TaskHost } from '../../ports/task-host.ts';
import type { TaskPorts } from '../../ports/task-ports.ts';
import { systemClock } from '../clock/system-clock.ts';
import { nodeFiles } from '../files/node-files.ts';
import { deferredRunner } from '../process/deferred-runner.ts';
import { AzureTaskHost } from './azure-task-host.ts';
import { cancellationOfThisStep } from './cancellation.ts';

const issueTracker = 'https://github.com/daemonless-pipelines/daemonless-pipelines/issues';

/**
 * Runs a task's main step: reads its inputs, runs the workflow, reports the result once, ends the process.
 * @param check finds what is wrong with the meaning of inputs, starts nothing, and rejects with a UserError;
 *   asked when the form of others is wrong, so that a user sees all problems at once
 */
export function runTask<T extends InputSpecs>(
  specs: T,
  workflow: (inputs: InputValues<T>, ports: TaskPorts) => Promise<void>,
  check: (inputs: InputValues<T>, ports: TaskPorts) => Promise<unknown> = () => Promise.resolve(),
): void {
  run(async (ports) => {
    const inputs = readInputs(specs, (name) => tl.getInput(name));
    ports.host.debug('inputs read');
    if (inputs.ok) return workflow(inputs.value, ports);
    const { problems, standIns } = inputs;
    const meaning = standIns === undefined ? [] : await problemsOf(check(standIns, ports), ports);
    throw new UserError(allProblems(problems, meaning));
  });
}

/** A check that cannot cope with stand-ins must not hide the problems that are known. */
async function problemsOf(
  check: Promise<unknown>,
  { host }: TaskPorts,
): Promise<readonly Problem[]> {
  try {
    await check;
    return [];
  } catch (error) {
    if (error instanceof UserError) return error.problems;
    host.debug(`The check of other inputs failed: ${String(error)}`);
    return [];
  }
}

/** Runs a task's post-job step, which reads no inputs: what it needs is in the main step's record. */
export function runPostJob(workflow: (ports: TaskPorts) => Promise<void>): void {
  run(workflow);
}

function run(work: (ports: TaskPorts) => Promise<void>): void {
  const cancellation = cancellationOfThisStep();
  const host = new AzureTaskHost();
  const ports: TaskPorts = {
    host,
    commands: deferredRunner(cancellation),
    files: nodeFiles,
    clock: systemClock(cancellation),
    cancellation,
  };
  void work(ports)
    .then(() => {
      tl.setResult(tl.TaskResult.Succeeded, '');
    })
    .catch((error: unknown) => {
      report(error, ports);
    })
    .finally(endProcess);
}

interface Message {
  readonly text: string;
  readonly place?: SourcePlace | undefined;
}

/** The agent itself sets Canceled after a cancel (agent contract 5.3); task-lib's word for it is rejected. */
function report(error: unknown, { host, cancellation }: TaskPorts): void {
  if (error instanceof CancelledError || cancellation.aborted) {
    host.info(error instanceof Error ? error.message : 'Cancelled.');
    return;
  }
  messagesOf(error, host).forEach(({ text, place }) => {
    host.error(host.redact(text), place);
  });
  tl.setResult(tl.TaskResult.Failed, '');
}

function messagesOf(error: unknown, host: TaskHost): readonly Message[] {
  if (error instanceof UserError) {
    return error.problems.map((problem) => ({
      text: describeProblem(problem),
      place: problem.place,
    }));
  }
  if (error instanceof CommandFailedError) return [{ text: error.message }];
  host.debug(error instanceof Error ? (error.stack ?? error.message) : String(error));
  const cause = error instanceof Error ? error.message : String(error);
  return [{ text: `This is a defect of the task, please report it at ${issueTracker}: ${cause}` }];
}

/** Nothing left open may keep a finished task alive. */
function endProcess(): void {
  process.stdout.write('', () => {
    process.exit(0);
  });
}
