import type { ContainerState } from './inspect.ts';

/** Whose memory ran out when the kernel killed a process of a container: its own limit, or all that the agent has. */
export type MemoryKill = 'limit' | 'agent';

/**
 * What the kernel's log says of a container, named by its id in the path of its cgroup (Linux, mm/oom_kill.c:
 * dump_oom_summary, since 5.1). `oom_memcg` is the cgroup whose limit was met; without it the machine had no more.
 */
function toldByKernel(log: string, id: string): MemoryKill | undefined {
  const isAbout = (line: string): boolean =>
    line.includes('oom-kill:') && (field(line, 'task_memcg')?.includes(id) ?? false);
  const last = log.split('\n').filter(isAbout).at(-1);
  if (last === undefined) return undefined;
  return field(last, 'oom_memcg')?.includes(id) === true ? 'limit' : 'agent';
}

function field(line: string, name: string): string | undefined {
  return new RegExp(`[,:]${name}=([^,]*)`).exec(line)?.[1];
}

/** Podman's own flag is not set everywhere (cgroups v1 with conmon 2.1.6), so the kernel is asked as well. */
export function memoryKillOf(state: ContainerState, kernelLog: string): MemoryKill | undefined {
  const told = toldByKernel(kernelLog, state.id);
  if (told !== undefined || !state.oomKilled) return told;
  return state.memoryLimit > 0 ? 'limit' : 'agent';
}

/** True when the kernel's log may have more to say: it did not end well, or it has a limit that it may meet. */
export function maySufferFromMemory({ exitCode, memoryLimit }: ContainerState): boolean {
  return exitCode !== 0 || memoryLimit > 0;
}

/** `32 MiB`, as `mem_limit` counts. */
export function memoryText(bytes: number): string {
  return `${Math.round(bytes / 2 ** 20)} MiB`;
}

/** What to do about it. */
export function memoryCure(kill: MemoryKill): string {
  return kill === 'limit'
    ? 'Raise its mem_limit (or deploy.resources.limits.memory), or let it use less.'
    : 'Give the agent more memory, or limit what the services take by mem_limit.';
}
