import {
  lookDockerfile,
  restoreDockerfile,
  saveDockerfile,
  tellsEmptyMount,
} from '../../src/core/cache/mount-builds.ts';
import { formatSeconds } from '../../src/core/text/measures.ts';
import type { TaskPorts } from '../../src/ports/task-ports.ts';
import type { Keeping, NodeMounts } from './node-mounts.ts';
import { type MountOutcome, type MountStep, runMountStep } from './mount-step.ts';

const notThere = /: not found|manifest unknown|name unknown|does not exist/i;

/** Fills those mounts of a node that hold nothing; a mount with content is newer than what was saved. */
export async function restoreOn(
  one: NodeMounts,
  keeping: Keeping,
  ports: TaskPorts,
): Promise<void> {
  const { host, clock, cancellation } = ports;
  const { node, mounts, image, from } = one;
  const begin = clock.now();
  const looked = await run(one, { dockerfile: lookDockerfile(image, mounts) }, keeping, ports);
  if (looked.failure !== undefined) {
    warn(`the mounts could not be looked at: ${looked.failure}`, ports);
    return;
  }
  const empty = looked.lines.filter(tellsEmptyMount).length;
  if (empty === 0) {
    host.info(`Cache mounts: all have content on ${node}.`);
    return;
  }
  const restored = await restoreFirst(one, keeping, ports);
  if (cancellation.aborted) return;
  const what = `${empty} of ${mounts.length} were empty on ${node}`;
  const seconds = formatSeconds(clock.now() - begin);
  host.info(
    restored === undefined
      ? `Cache mounts: ${what}; nothing is saved yet as ${from.join(' or ')}.`
      : `Cache mounts: ${what}; restored from ${restored} in ${seconds}.`,
  );
}

/** The first of the saved images that is there. */
async function restoreFirst(
  one: NodeMounts,
  keeping: Keeping,
  ports: TaskPorts,
): Promise<string | undefined> {
  for (const saved of one.from) {
    const dockerfile = restoreDockerfile(one.image, one.mounts, saved);
    const { failure } = await run(one, { dockerfile }, keeping, ports);
    if (failure === undefined) return saved;
    if (notThere.test(failure)) continue;
    warn(`${saved} could not be restored: ${failure}`, ports);
  }
  return undefined;
}

/** Pushes the mounts of a node as one image. */
export async function saveOn(one: NodeMounts, keeping: Keeping, ports: TaskPorts): Promise<void> {
  const { host, clock } = ports;
  const begin = clock.now();
  const dockerfile = saveDockerfile(one.image, one.mounts);
  const { failure } = await run(one, { dockerfile, pushedAs: one.to }, keeping, ports);
  if (failure === undefined) {
    host.info(`Cache mounts: saved as ${one.to} in ${formatSeconds(clock.now() - begin)}.`);
    return;
  }
  warn(`they were not saved, so a new daemon starts without them: ${failure}`, ports);
}

/** That a cancelled step came no further is no news. */
function warn(text: string, { host, cancellation }: TaskPorts): void {
  if (!cancellation.aborted) host.warning(`cacheMounts: ${host.redact(text)}`);
}

function run(
  { platform }: NodeMounts,
  step: Pick<MountStep, 'dockerfile' | 'pushedAs'>,
  { plan, builder, settings }: Keeping,
  ports: TaskPorts,
): Promise<MountOutcome> {
  const whole = { ...step, platform, builder: builder.name };
  return runMountStep(whole, plan.request, settings, ports);
}
