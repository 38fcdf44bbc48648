import { inspectContainer } from './container-calls.ts';
import { podman } from './podman.ts';
import type { StepContext } from './step-context.ts';

/** The end of `podman exec` does not end what it started (podman#19486), so that is found by its exec session. */
export async function killProbe(name: string, context: StepContext): Promise<void> {
  const { execIds, folder } = await inspectContainer(name, context);
  for (const id of execIds) {
    const pid = (await context.ports.files.readText(`${folder}/${id}/exec_pid`))?.trim();
    if (pid === undefined || !/^\d+$/.test(pid)) continue;
    await kill(await descendants(pid, context), context);
  }
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
  const children = ((await context.ports.files.readText(path)) ?? '').match(/\d+/g) ?? [];
  const below = await Promise.all(children.map((child) => descendants(child, context)));
  return [pid, ...below.flat()];
}
