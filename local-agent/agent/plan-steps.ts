import { randomUUID } from 'node:crypto';
import type { JobStep } from '../protocol/job-message.ts';
import { checkout } from './checkout.ts';
import type { JobContext } from './job-context.ts';
import type { NodeBinaries } from './node-binaries.ts';
import type { StepContext } from './step-context.ts';
import type { StepPart } from './step-part.ts';
import { banner } from './task-banner.ts';
import { nodeFor, runHandler, type UnpackedTask } from './task-host.ts';
import type { Handler, Phase } from './task-definition.ts';

const PREFIX = { pre: 'Pre-job: ', main: '', post: 'Post-job: ' } as const;

/**
 * Lists the parts of a job's steps in the order they run: all pre-job parts (before checkout), all main parts, then the
 * post-job parts in reverse order, which run whatever has happened (AW/JobExtension.cs).
 */
export function planSteps(
  { message, variables }: JobContext,
  tasks: ReadonlyMap<JobStep, UnpackedTask>,
  binaries: NodeBinaries,
): StepPart[] {
  const byPhase: Record<Phase, StepPart[]> = { pre: [], main: [], post: [] };
  for (const original of message.steps) {
    const task = tasks.get(original);
    // The agent expands display names once, before the first step.
    const step = { ...original, displayName: variables.expand(original.displayName) };
    const taskVariables: StepPart['taskVariables'] = new Map();
    if (!task) {
      byPhase.main.push(checkoutPart(step, taskVariables));
      continue;
    }
    for (const phase of ['pre', 'main', 'post'] as const) {
      const stage = task.definition.stages[phase];
      if (stage)
        byPhase[phase].push(taskPart({ step, task, phase, taskVariables, binaries, ...stage }));
    }
  }
  return [...byPhase.pre, ...byPhase.main, ...byPhase.post.toReversed()];
}

interface TaskPartInit {
  readonly step: JobStep;
  readonly task: UnpackedTask;
  readonly phase: Phase;
  readonly taskVariables: StepPart['taskVariables'];
  readonly binaries: NodeBinaries;
  readonly handler: Handler | null;
}

function taskPart({ step, task, phase, taskVariables, binaries, handler }: TaskPartInit): StepPart {
  const { definition } = task;
  return {
    step,
    recordId: phase === 'main' ? step.id : randomUUID(),
    phase,
    displayName: PREFIX[phase] + step.displayName,
    condition: phase === 'post' ? 'always()' : step.condition,
    restrictions: definition.restrictions,
    declaredOutputs: definition.outputVariables,
    taskVariables,
    task: `${definition.name}@${definition.version}`,
    node: (context) => (handler ? nodeFor(context, handler, binaries) : null),
    announce: (context) => {
      printBanner(context, task);
    },
    run: async (context, node, cancel) => {
      if (!handler || !node) {
        throw new Error('The current operating system is not capable of running this task.');
      }
      await runHandler(context, { task, handler, node }, cancel);
    },
  };
}

/** The banner is printed as it stands, before anything could be secret. */
function printBanner({ job }: StepContext, { definition }: UnpackedTask): void {
  banner(definition).forEach((line) => {
    job.log.write(line);
  });
}

function checkoutPart(step: JobStep, taskVariables: StepPart['taskVariables']): StepPart {
  return {
    step,
    recordId: step.id,
    phase: 'main',
    displayName: step.displayName,
    condition: step.condition,
    restrictions: null,
    declaredOutputs: [],
    taskVariables,
    task: 'checkout',
    node: () => null,
    announce: () => undefined,
    run: async ({ job }) => {
      await runCheckout(job);
    },
  };
}

async function runCheckout({ message, directories, log }: JobContext): Promise<void> {
  const { folder } = message.repository;
  log.write(`Copying the working tree of ${folder} to ${directories.sources}`);
  const count = await checkout(folder, { target: directories.sources, work: directories.work });
  log.write(`${count} files`);
}
