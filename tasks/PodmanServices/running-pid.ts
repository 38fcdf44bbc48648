import { firstProcess, runsAs } from '../../src/core/podman/first-process.ts';
import { runtimeNames, stateFile } from '../../src/core/podman/oci-runtime.ts';
import type { Files } from '../../src/ports/files.ts';

/**
 * The process id of a container's first process while that runs, from files of its runtime and the kernel. Undefined:
 * it has ended, or only Podman can tell.
 */
export async function runningPid(
  id: string | undefined,
  { files }: { readonly files: Files },
): Promise<number | undefined> {
  if (id === undefined) return undefined;
  // Whatever keeps these files from us, Podman can still tell.
  const read = (path: string): Promise<string | undefined> =>
    files.readText(path).catch(() => undefined);
  const states = await Promise.all(runtimeNames.map((name) => read(stateFile(id, name))));
  const process = firstProcess(states.find((state) => state !== undefined) ?? '');
  if (process === undefined) return undefined;
  const stat = await read(`/proc/${process.pid}/stat`);
  return stat !== undefined && runsAs(process, stat) ? process.pid : undefined;
}
