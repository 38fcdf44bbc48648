import { resolve } from 'node:path';
import { decidedSource } from '../images/image-source.ts';
import { removeLeftovers } from './leftovers.ts';
import { checkNames } from './names.ts';
import type { Playground, PlaygroundOptions } from './options.ts';
import { takeOwnership } from './ownership.ts';
import { requireRoot } from './permission.ts';
import { RunningParts } from './running-parts.ts';
import { startParts } from './start-parts.ts';

/**
 * Starts builders, registries and the mirror of docker.io on free loopback ports. Leftovers of a killed
 * run in the same state folder are removed first. When this process dies, the kernel ends all of it.
 * @throws UserError for what the user can mend; Error with a daemon's last log lines otherwise
 */
export async function startPlayground(options: PlaygroundOptions): Promise<Playground> {
  requireRoot();
  checkNames(options);
  const source = await decidedSource();
  const stateDir = resolve(options.stateDir);
  const release = await takeOwnership(stateDir);
  const running = new RunningParts();
  const stop = onlyOnce(async () => {
    await running.stop();
    await removeLeftovers(stateDir);
    await release();
  });
  try {
    await removeLeftovers(stateDir);
    return { ...(await startParts({ ...options, stateDir }, source, running)), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

function onlyOnce(action: () => Promise<void>): () => Promise<void> {
  let done: Promise<void> | undefined;
  return () => (done ??= action());
}
