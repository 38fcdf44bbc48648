import { UserError } from '../../src/core/errors.ts';
import { jobIdentity, jobSlug } from '../../src/core/job/identity.ts';
import { hostNetworkProblems } from '../../src/core/podman/host-network.ts';
import { type Owner, agentKey } from '../../src/core/podman/labels.ts';
import { boundPorts, portChooser } from '../../src/core/podman/port-chooser.ts';
import { planProblems } from '../../src/core/podman/plan-problems.ts';
import { type ServicesPlan, planServices } from '../../src/core/podman/plan-services.ts';
import { heldPlan } from './held-plan.ts';
import type { PodmanHost } from './know-host.ts';
import type { CheckedRequest } from './read-request.ts';
import type { ServicesPorts } from './services-ports.ts';
import type { ServicesRecord } from './state.ts';
import type { ContainerIds } from './states-of.ts';
import type { StepContext } from './step-context.ts';
import { Timeline } from './timeline.ts';

/** Below those that Linux gives out by itself (net.ipv4.ip_local_port_range). */
const firstPort = 20_000;
const portCount = 12_000;

/** Whose everything is that this step creates. */
export function ownerOf({ host, chance }: ServicesPorts): Owner {
  const variable = (name: string): string | undefined => host.variable(name);
  const job = jobSlug(jobIdentity(variable));
  return { job, project: `${job}-${chance.hex(6)}`, agent: agentKey(variable) };
}

/** The folder of this step alone. */
export function stepFolder({ project }: Owner, { host }: Pick<ServicesPorts, 'host'>): string {
  return `${host.tempDirectory}/daemonless/${project}`;
}

/**
 * Everything this step will create, by name, before it creates any of it.
 * @throws UserError with everything that Podman could not do, or must not
 */
export async function planStep(
  request: CheckedRequest,
  host: PodmanHost,
  owner: Owner,
  ports: ServicesPorts,
): Promise<StepContext> {
  const isMasked = (value: string): boolean => ports.host.redact(value) !== value;
  const wanted: ServicesPlan = planServices(request.project, {
    owner,
    ports: request.ports,
    bindAddress: request.bindAddress,
    hasInit: host.hasInit,
    isMasked,
    isHostNetwork: host.settings.network === 'host',
    somePort: () => firstPort + (Number.parseInt(ports.chance.hex(6), 16) % portCount),
    portIn: portChooser(await takenPorts(request, ports)),
  });
  const plan = heldPlan(wanted, host, ports);
  const { label } = request.file;
  const problems = [
    ...planProblems(plan.containers, request.ports, isMasked),
    ...(host.settings.network === 'host' ? hostNetworkProblems(plan.containers, label) : []),
  ];
  if (problems.length > 0) throw new UserError(problems);
  const envFile = `${stepFolder(owner, ports)}/services.env`;
  const deadline = ports.clock.now() + request.overallTimeoutSeconds * 1000;
  const own = { deadline, timeline: new Timeline(ports.clock), proven: new Set<string>() };
  return { request, host, plan, envFile, ...own, ports: { ...ports, podman: host.program } };
}

/** What listens on this agent already, and what services will; only a range leaves a choice. */
async function takenPorts(
  { project, ports: mode }: CheckedRequest,
  { files }: ServicesPorts,
): Promise<readonly number[]> {
  if (mode === 'random') return [];
  const ranges = project.services.flatMap((service) =>
    service.ports.flatMap(({ published }) => published ?? []),
  );
  const fixed = ranges.flatMap(({ from, to }) => (from === to ? [from] : []));
  if (fixed.length === ranges.length) return [];
  // Where the kernel does not tell, a port that is taken is told by Podman.
  const read = async (name: string): Promise<string> =>
    (await files.readText(`/proc/net/${name}`).catch(() => undefined)) ?? '';
  return [...fixed, ...boundPorts(await read('tcp'), await read('tcp6'))];
}

/** What the post-job step needs to know before anything is planned: the trial container is labelled, too. */
export function firstRecord(
  request: CheckedRequest,
  owner: Owner,
  ports: ServicesPorts,
): ServicesRecord {
  return {
    version: 3,
    job: owner.job,
    project: owner.project,
    podman: { ...request.podman, globalArgs: [...request.podman.globalArgs] },
    containers: [],
    running: [],
    networks: [],
    volumes: [],
    hasSecrets: false,
    folder: stepFolder(owner, ports),
    logs: request.logs,
    ...(request.logFolder === undefined ? {} : { logFolder: request.logFolder }),
    keepOnFailure: request.keepOnFailure,
    stopTimeoutSeconds: request.stopTimeoutSeconds,
  };
}

/** What the post-job step will need; `ids` of those containers that were started. */
export function recordOf(
  { request, host, plan, ports }: StepContext,
  ids: ContainerIds = new Map(),
): ServicesRecord {
  const { program, settings } = host;
  return {
    ...firstRecord(request, plan.owner, ports),
    podman: { ...program, globalArgs: [...program.globalArgs] },
    containers: plan.containers.map(({ title, name }) => {
      const id = ids.get(name);
      return { service: title, name, ...(id === undefined ? {} : { id }) };
    }),
    networks: settings.network === 'host' ? [] : plan.networks.map(({ name }) => name),
    volumes: plan.volumes.map(({ name }) => name),
    hasSecrets: plan.secrets.length > 0,
  };
}
