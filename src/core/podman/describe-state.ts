import type { ContainerState } from './inspect.ts';
import { type MemoryKill, memoryText } from './memory-kill.ts';

const signalReasons = new Map([
  [139, 'crashed: SIGSEGV'],
  [143, 'ended by SIGTERM'],
]);

/** e.g. `running`, or `exited with exit code 137 (out of memory: it met its limit of 32 MiB)`. */
export function describeState(state: ContainerState, kill?: MemoryKill): string {
  const { status, running, exitCode } = state;
  const reason = reasonOf(state, kill);
  const why = reason === undefined ? '' : ` (${reason})`;
  if (running) return `${status}${why}`;
  return `${status === 'stopped' ? 'exited' : status} with exit code ${exitCode}${why}`;
}

function reasonOf(state: ContainerState, kill: MemoryKill | undefined): string | undefined {
  const { exitCode, memoryLimit } = state;
  const limit = memoryLimit > 0 ? `its limit of ${memoryText(memoryLimit)}` : 'no limit of its own';
  if (kill === 'limit') return `out of memory: it met ${limit}`;
  if (kill === 'agent') return `out of memory: the agent had no more; it had ${limit}`;
  if (exitCode !== 137) return signalReasons.get(exitCode);
  const known = memoryLimit > 0 ? `; it had ${limit}` : '';
  return `killed by SIGKILL, as the kernel does when memory runs out${known}`;
}
