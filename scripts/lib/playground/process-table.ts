import { readdirSync, readFileSync } from 'node:fs';

/** When a process started, in clock ticks since boot (proc(5), stat field 22); undefined when it is gone. */
export function startTimeOf(pid: number): string | undefined {
  const fields = read(`/proc/${pid}/stat`)?.split(') ').at(-1)?.split(' ');
  // The fields after the command name begin with number 3, and "Z" in the first is a dead process.
  return fields?.[0] === 'Z' ? undefined : fields?.[19];
}

/** The ids of a process's children. */
function childrenOf(pid: number): number[] {
  const text = read(`/proc/${pid}/task/${pid}/children`) ?? '';
  return text.split(' ').filter(Boolean).map(Number);
}

/** The command name (at most 15 characters) of a process. */
function commandNameOf(pid: number): string | undefined {
  return read(`/proc/${pid}/comm`)?.trim();
}

/** The nearest process at or below `pid` with that command name. */
export function descendantNamed(pid: number, name: string): number | undefined {
  if (commandNameOf(pid) === name) return pid;
  for (const child of childrenOf(pid)) {
    const found = descendantNamed(child, name);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Every process whose environment holds exactly `NAME=value`; those we may not read are left out. */
export function processesWith(variable: string, value: string): number[] {
  const wanted = `${variable}=${value}`;
  const pids = readdirSync('/proc').filter((entry) => /^\d+$/.test(entry));
  return pids
    .map(Number)
    .filter((pid) => read(`/proc/${pid}/environ`)?.split('\0').includes(wanted));
}

/** Our own process and all above it. */
export function selfAndAncestors(): number[] {
  const line: number[] = [];
  for (let pid = process.pid; pid > 0; pid = parentOf(pid)) line.push(pid);
  return line;
}

function parentOf(pid: number): number {
  return Number(/^PPid:\s+(\d+)/m.exec(read(`/proc/${pid}/status`) ?? '')?.[1] ?? 0);
}

function read(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}
