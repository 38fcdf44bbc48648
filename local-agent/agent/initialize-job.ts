import type { JobStep } from '../protocol/job-message.ts';
import { checkCondition } from './conditions.ts';
import { prepareDirectories } from './directories.ts';
import type { JobContext } from './job-context.ts';
import type { UnpackedTask } from './task-host.ts';
import { unpackTask } from './unpack-task.ts';

/** Directories, unpacked tasks and checked conditions; null when a condition is malformed, which ends the job here. */
export async function initializeJob(job: JobContext): Promise<Map<JobStep, UnpackedTask> | null> {
  const { log, message, directories } = job;
  log.section('Starting: Initialize job');
  log.write(`Agent name: 'local-agent'`);
  log.write(`Agent version: '${job.variables.get('Agent.Version') ?? ''}'`);
  log.write(`Work folder: ${directories.work}`);
  await prepareDirectories(directories);
  const tasks = new Map<JobStep, UnpackedTask>();
  for (const step of message.steps) {
    if (step.task !== 'checkout') tasks.set(step, await unpackTask(step.task, directories.tasks));
  }
  const sound = message.steps.every((step) => conditionIsSound(job, step));
  if (!sound) job.result = 'Failed';
  log.section('Finishing: Initialize job');
  return sound ? tasks : null;
}

function conditionIsSound({ log }: JobContext, step: JobStep): boolean {
  try {
    checkCondition(step.condition);
    return true;
  } catch (error) {
    log.error(
      `Step '${step.displayName}': ${error instanceof Error ? error.message : String(error)}`,
    );
    return false;
  }
}
