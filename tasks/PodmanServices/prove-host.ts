import { commandFailed, succeeded } from '../../src/core/command-failure.ts';
import type { CommandResult } from '../../src/core/command.ts';
import { UserError } from '../../src/core/errors.ts';
import { type HostSettings, globalArgs, runArgs } from '../../src/core/podman/host-settings.ts';
import { hostTrouble, isTried } from '../../src/core/podman/host-trouble.ts';
import type { MachineFacts } from '../../src/core/podman/machine-facts.ts';
import { podman } from './podman.ts';
import { writePrivateConf } from './private-conf.ts';
import type { PodmanPorts } from './services-ports.ts';

/** Whether a container may be run to learn about the host, and what it carries. */
export type Trial =
  | { readonly kind: 'none'; readonly folder: string }
  | { readonly kind: 'container'; readonly folder: string; readonly labels: readonly string[] };

interface Proof {
  readonly settings: HostSettings;
  readonly findings: readonly string[];
}

/** Each adaptation is tried once, so this is more than there can be. */
const attempts = 8;

/**
 * Runs one container that holds nothing but Podman's own init, on a network: the settings are right when it
 * ends well. What Podman says otherwise may tell what else it needs. Costs no image.
 * @throws UserError with the cure, or with Podman's words
 */
export async function proveHost(
  first: HostSettings,
  machine: MachineFacts,
  trial: Extract<Trial, { kind: 'container' }>,
  ports: PodmanPorts,
): Promise<Proof> {
  const empty = `${trial.folder}/empty`;
  await ports.files.makeDirectory(empty);
  let proof: Proof = { settings: first, findings: [] };
  try {
    for (let attempt = 1; attempt <= attempts; attempt += 1) {
      const result = await runTrial(proof.settings, empty, trial, ports);
      if (succeeded(result)) return proof;
      ports.host.debug(result.stderr.trim());
      const adaptation = hostTrouble(result.stderr)?.adapt?.(machine);
      if (adaptation === undefined || isTried(adaptation, proof.settings))
        throw unusable(result, ports);
      proof = {
        settings: { ...proof.settings, ...adaptation.change },
        findings: [...proof.findings, adaptation.finding],
      };
    }
    throw new Error('every adaptation was tried, and each was new');
  } finally {
    await ports.files.remove(empty);
  }
}

async function runTrial(
  settings: HostSettings,
  empty: string,
  { labels, folder }: Extract<Trial, { kind: 'container' }>,
  ports: PodmanPorts,
): Promise<CommandResult> {
  const args = [
    ...[...globalArgs(settings), 'run', '--rm', '--init', ...runArgs(settings), ...labels],
    ...(settings.network === undefined
      ? ['--network', 'bridge', '--publish', '127.0.0.1::80']
      : ['--network', settings.network]),
    '--http-proxy=false',
    ...['--rootfs', empty, '/run/podman-init', '--version'],
  ];
  const env = settings.withoutSysctls ? await writePrivateConf(folder, ports) : {};
  const program = { ...ports.podman, env };
  const during = 'the trial container';
  return podman(args, { during, echo: true }, { ...ports, podman: program });
}

function unusable(result: CommandResult, { host }: PodmanPorts): UserError {
  const known = hostTrouble(result.stderr)?.problem;
  if (known !== undefined) return new UserError([known]);
  const { message } = commandFailed(result, (text) => host.redact(text));
  const what = `Podman cannot run the smallest container on this agent. ${message}`;
  return new UserError([{ what, change: 'Mend the agent, then try again.' }]);
}
