import type { ContainerState } from '../../src/core/podman/inspect.ts';
import {
  type MemoryKill,
  maySufferFromMemory,
  memoryKillOf,
} from '../../src/core/podman/memory-kill.ts';
import type { TaskPorts } from '../../src/ports/task-ports.ts';

/** By the container's name. */
export type MemoryKills = ReadonlyMap<string, MemoryKill>;

/** Which of these containers met the end of their memory, by Podman's word and the kernel's. */
export async function memoryKills(
  states: readonly ContainerState[],
  ports: Pick<TaskPorts, 'commands'>,
): Promise<MemoryKills> {
  const log = states.some(maySufferFromMemory) ? await kernelLog(ports) : '';
  return new Map(
    states.flatMap((state) => {
      const kill = memoryKillOf(state, log);
      return kill === undefined ? [] : [[state.name, kill] as const];
    }),
  );
}

/** Empty where it may not be read (kernel.dmesg_restrict), or there is no such program. */
async function kernelLog({ commands }: Pick<TaskPorts, 'commands'>): Promise<string> {
  const command = { file: 'dmesg', args: [], timeoutMs: 2_000, onCancel: 'interrupt' } as const;
  return (await commands.run(command)).stdout;
}
