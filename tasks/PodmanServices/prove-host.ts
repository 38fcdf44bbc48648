import { commandFailed, succeeded } from '../../src/core/command-failure.ts';
import { UserError } from '../../src/core/errors.ts';
import { labelArgs } from '../../src/core/podman/labels.ts';
import { podman } from './podman.ts';
import type { StepContext } from './step-context.ts';

/**
 * Runs one container that holds nothing but Podman's own init: the chosen flags are right when it ends
 * well. Costs no image and no network.
 * @throws UserError with Podman's words
 */
export async function proveHost({ host, plan, ports }: StepContext): Promise<void> {
  const folder = `${ports.host.tempDirectory}/daemonless/empty-${plan.owner.project}`;
  await ports.files.makeDirectory(folder);
  try {
    const args = [
      ...[...host.globalArgs, 'run', '--rm', '--init', ...host.runArgs],
      ...labelArgs(plan.owner),
      ...['--network', 'none', '--http-proxy=false'],
      ...['--rootfs', folder, '/run/podman-init', '--version'],
    ];
    const result = await podman(args, { during: 'the trial container', echo: true }, ports);
    if (succeeded(result)) return;
    const { message } = commandFailed(result, (text) => ports.host.redact(text));
    const what = `Podman cannot run the smallest container on this agent. ${message}`;
    throw new UserError([{ what, change: 'Mend the agent, then try again.' }]);
  } finally {
    await ports.files.remove(folder);
  }
}
