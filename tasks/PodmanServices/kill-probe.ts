import { inspectContainer } from './container-calls.ts';
import { podman } from './podman.ts';
import type { StepContext } from './step-context.ts';

/** The end of `podman exec` does not end what it started (podman#19486), so that is found by its exec session. */
export async function killExecSessions(name: string, context: StepContext): Promise<void> {
  const { execIds, folder } = await inspectContainer(name, context);
  for (const id of execIds) await killTree(`${folder}/${id}/exec_pid`, context);
}

/** Kills the process whose id stands in a file, with all below it. There may be no such file yet. */
export async function killTree(pidFile: string, context: StepContext): Promise<void> {
  const pid = (await context.ports.files.readText(pidFile))?.trim();
  if (pid === undefined || !/^\d+$/.test(pid)) return;
  await kill(await descendants(pid, context), context);
}

/** A plain user may signal the processes of its containers only from within its user namespace. */
async function kill(pids: readonly string[], { host, ports }: StepContext): Promise<void> {
  const args = ['-KILL', ...pids];
  if (host.rootless) {
    const during = 'the end of a health check';
    await podman(['unshare', 'kill', ...args], { during }, ports);
    return;
  }
  await ports.commands.run({ file: 'kill', args, timeoutMs: 5_000, onCancel: 'finish' });
}

/** A process with all below it (Linux, proc(5): children). */
async function descendants(pid: string, context: StepContext): Promise<readonly string[]> {
  const path = `/proc/${pid}/task/${pid}/children`;
  // The kernel refuses the file of a process that ends meanwhile (ESRCH): it has none below it then.
  const text = await context.ports.files.readText(path).catch(() => undefined);
  const children = (text ?? '').match(/\d+/g) ?? [];
  const below = await Promise.all(children.map((child) => descendants(child, context)));
  return [pid, ...below.flat()];
}
