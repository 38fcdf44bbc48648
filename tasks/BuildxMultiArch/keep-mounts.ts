import pLimit from 'p-limit';
import type { CacheShare } from '../../src/core/buildx/progress.ts';
import type { TaskPorts } from '../../src/ports/task-ports.ts';
import { restoreOn, saveOn } from './move-mounts.ts';
import { type Keeping, mountsOf } from './node-mounts.ts';

/** Before a build: fills cache mounts that are empty on their daemon from what an earlier run saved. Never fails. */
export async function restoreMounts(keeping: Keeping, ports: TaskPorts): Promise<void> {
  const all = await mountsOf(keeping, ports);
  const [first] = all;
  if (first === undefined) return;
  if (first.unknown !== undefined) ports.host.warning(`cacheMounts: ${first.unknown}.`);
  await ports.host.group('Cache mounts', async () => {
    await Promise.all(all.map((one) => restoreOn(one, keeping, ports)));
  });
}

/**
 * For nodes that have another daemon now, or the same one after a crash: fills their mounts as before the build. In turn,
 * as the builds for several platforms may lose one daemon: the second finds what the first has filled.
 */
export function refillOf(
  keeping: Keeping,
  ports: TaskPorts,
): (nodes: readonly string[]) => Promise<void> {
  const inTurn = pLimit(1);
  const refill = async (nodes: readonly string[]): Promise<void> => {
    const all = await mountsOf(keeping, ports);
    const own = all.filter(({ node }) => nodes.includes(node));
    await Promise.all(own.map((one) => restoreOn(one, keeping, ports)));
  };
  return (nodes) => inTurn(() => refill(nodes));
}

/** After a build that went well: saves them, where this run may write caches. Never fails. */
export async function saveMounts(
  keeping: Keeping,
  { cached, reached }: CacheShare,
  ports: TaskPorts,
): Promise<void> {
  const all = await mountsOf(keeping, ports);
  if (all.length === 0) return;
  const why = cached === reached ? 'no step ran' : all[0]?.notWritten;
  if (why !== undefined) {
    ports.host.info(`Cache mounts: not saved, because ${why}.`);
    return;
  }
  await ports.host.group('Cache mounts', async () => {
    await Promise.all(all.map((one) => saveOn(one, keeping, ports)));
  });
}
