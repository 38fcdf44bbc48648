import { UserError } from '../../src/core/errors.ts';
import { type Diagnosis, diagnose } from '../../src/core/podman/diagnose.ts';
import { type HostSettings, globalArgs, runArgs } from '../../src/core/podman/host-settings.ts';
import {
  type KnownHost,
  hostKey,
  knownHostText,
  readKnownHost,
} from '../../src/core/podman/known-host.ts';
import { type OciRuntime, directRuntime } from '../../src/core/podman/oci-runtime.ts';
import type { MachineFacts } from '../../src/core/podman/machine-facts.ts';
import type { PodmanFacts } from '../../src/core/podman/podman-facts.ts';
import { learnMachine, learnPodman, surroundings } from './learn-host.ts';
import { writePrivateConf } from './private-conf.ts';
import { type Trial, proveHost } from './prove-host.ts';
import type { PodmanPorts, PodmanProgram } from './services-ports.ts';

/** What this host's Podman needs. */
export interface PodmanHost {
  readonly hasInit: boolean;
  readonly rootless: boolean;
  readonly settings: HostSettings;
  /** Where a step may enter its containers without Podman. */
  readonly runtime?: OciRuntime;
  /** For every `podman run`. */
  readonly runArgs: readonly string[];
  /** How Podman is called from now on. */
  readonly program: PodmanProgram;
}

/**
 * How containers are run on this host: by what was learnt earlier in this boot, else by facts and, where
 * these do not decide, by a container that holds nothing.
 * @throws UserError when Podman is missing, or needs what no setting can give
 */
export async function knowHost(trial: Trial, ports: PodmanPorts): Promise<PodmanHost> {
  const machine = await learnMachine(ports);
  const key = hostKey({ machine, ...(await surroundings(ports)) });
  const path = cachePath(ports);
  const known = readKnownHost(path && (await ports.files.readText(path)), key);
  if (known !== undefined) {
    ports.host.info(`${known.headline} What it needs is known since an earlier job of this boot.`);
    known.findings.forEach((finding) => {
      ports.host.info(finding);
    });
    return useHost(known, machine, trial, ports);
  }
  const facts = await learnPodman(ports);
  const diagnosis = await examine(facts, machine, trial, ports);
  const headline = describePodman(facts);
  const runtime = directRuntime(facts, diagnosis.settings);
  const facet = { key, headline, rootless: facts.rootless, ...diagnosis };
  const learnt: KnownHost = runtime === undefined ? facet : { ...facet, runtime };
  if (path !== undefined && trial.kind !== 'none') await remember(path, learnt, ports);
  return useHost(learnt, machine, trial, ports);
}

/** Facts, told as they come, then the trial. @throws UserError with what cannot be adapted */
export async function examine(
  facts: PodmanFacts,
  machine: MachineFacts,
  trial: Trial,
  ports: PodmanPorts,
): Promise<Pick<Diagnosis, 'settings' | 'findings'>> {
  const { host } = ports;
  host.info(describePodman(facts));
  const { settings, findings, problems, wantsProof } = diagnose(facts, machine);
  if (problems.length > 0) throw new UserError(problems);
  findings.forEach((finding) => {
    host.info(finding);
  });
  const canTry = trial.kind !== 'none' && machine.hasInit;
  if (!wantsProof || !canTry) return { settings, findings };
  const proven = await proveHost(settings, machine, trial, ports);
  proven.findings.forEach((finding) => {
    host.info(finding);
  });
  return { settings: proven.settings, findings: [...findings, ...proven.findings] };
}

export function describePodman(facts: PodmanFacts): string {
  const kind = facts.rootless ? 'as a plain user' : 'as root';
  const cgroups = facts.cgroupVersion === '' ? '' : `, cgroups ${facts.cgroupVersion}`;
  return `Podman ${facts.version} ${kind}, ${facts.runtime}${cgroups}, ${facts.networkBackend}, storage ${facts.storageDriver}.`;
}

async function useHost(
  { settings, rootless, runtime }: Pick<KnownHost, 'settings' | 'rootless' | 'runtime'>,
  { hasInit }: MachineFacts,
  trial: Trial,
  ports: PodmanPorts,
): Promise<PodmanHost> {
  const { podman } = ports;
  const program = {
    file: podman.file,
    globalArgs: [...globalArgs(settings), ...podman.globalArgs],
    env: settings.withoutSysctls ? await writePrivateConf(trial.folder, ports) : {},
  };
  const entered = runtime === undefined ? {} : { runtime };
  return { hasInit, rootless, settings, ...entered, runArgs: runArgs(settings), program };
}

/** Below the agent's own folder, where the next job of this agent finds it. */
function cachePath({ host }: PodmanPorts): string | undefined {
  const folder = host.variable('Agent.WorkFolder');
  return folder === undefined ? undefined : `${folder}/_daemonless/podman-host.json`;
}

/** Only saves time: an agent whose folder is read-only learns again. */
async function remember(path: string, host: KnownHost, ports: PodmanPorts): Promise<void> {
  await ports.files.writeText(path, knownHostText(host)).catch((error: unknown) => {
    ports.host.debug(`not remembered: ${String(error)}`);
  });
}
