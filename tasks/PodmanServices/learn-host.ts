import { UserError } from '../../src/core/errors.ts';
import { type Diagnosis, diagnose } from '../../src/core/podman/diagnose.ts';
import { type MachineFacts, machineFacts, podmanFacts } from '../../src/core/podman/host-facts.ts';
import { mustPodman } from './podman.ts';
import type { ServicesPorts } from './services-ports.ts';

/** What this host's Podman needs, learnt without changing anything. */
export interface PodmanHost extends Diagnosis {
  readonly version: string;
  readonly hasInit: boolean;
}

/** Where Podman looks for catatonit (containers.conf(5): helper_binaries_dir). */
const initFolders = [
  '/usr/local/libexec/podman',
  '/usr/local/lib/podman',
  '/usr/libexec/podman',
  '/usr/lib/podman',
];

/** @throws UserError when Podman is missing, or needs what no flag can give */
export async function learnHost(ports: ServicesPorts): Promise<PodmanHost> {
  const during = 'the look at Podman';
  const json = await mustPodman(['info', '--format', 'json'], { during }, ports);
  const facts = podmanFacts(json);
  const machine = await learnMachine(ports);
  const diagnosis = diagnose(facts, machine);
  if (diagnosis.problems.length > 0) throw new UserError(diagnosis.problems);
  const kind = facts.rootless ? 'rootless' : 'as root';
  ports.host.info(
    `Podman ${facts.version} ${kind}, ${facts.runtime}, ${facts.networkBackend}, storage ${facts.storageDriver}.`,
  );
  diagnosis.findings.forEach((finding) => {
    ports.host.info(finding);
  });
  return { ...diagnosis, version: facts.version, hasInit: machine.hasInit };
}

async function learnMachine({ files }: ServicesPorts): Promise<MachineFacts> {
  const read = async (path: string): Promise<string> => (await files.readText(path)) ?? '';
  const inits = await Promise.all(initFolders.map((path) => files.exists(`${path}/catatonit`)));
  return machineFacts({
    limits: await read('/proc/self/limits'),
    status: await read('/proc/self/status'),
    pidMax: await read('/proc/sys/kernel/pid_max'),
    unifiedControllers: await read('/sys/fs/cgroup/unified/cgroup.controllers'),
    hasInit: inits.includes('file'),
  });
}
