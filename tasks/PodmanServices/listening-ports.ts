import { listeningPorts } from '../../src/core/health/listening.ts';
import type { StepContext } from './step-context.ts';

/**
 * TCP ports that something in the container listens on; undefined when the kernel does not tell.
 * @param pid on the host, of its first process
 */
export async function openPorts(
  pid: number,
  { ports: { files } }: StepContext,
): Promise<ReadonlySet<number> | undefined> {
  const read = (name: string): Promise<string | undefined> =>
    files.readText(`/proc/${pid}/net/${name}`).catch(() => undefined);
  const tables = await Promise.all(['tcp', 'tcp6'].map(read));
  if (tables.every((table) => table === undefined)) return undefined;
  return listeningPorts(...tables.map((table) => table ?? ''));
}
