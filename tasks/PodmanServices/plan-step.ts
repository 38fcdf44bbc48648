import { UserError } from '../../src/core/errors.ts';
import { jobIdentity, jobSlug } from '../../src/core/job/identity.ts';
import type { Owner } from '../../src/core/podman/labels.ts';
import { planProblems } from '../../src/core/podman/plan-problems.ts';
import { type ServicesPlan, planServices } from '../../src/core/podman/plan-services.ts';
import type { PodmanHost } from './learn-host.ts';
import type { CheckedRequest } from './read-request.ts';
import type { ServicesPorts } from './services-ports.ts';
import type { ServicesRecord } from './state.ts';
import type { StepContext } from './step-context.ts';

/**
 * Everything this step will create, by name, before it creates any of it.
 * @throws UserError with everything that Podman could not do, or must not
 */
export function planStep(
  request: CheckedRequest,
  host: PodmanHost,
  ports: ServicesPorts,
): StepContext {
  const isMasked = (value: string): boolean => ports.host.redact(value) !== value;
  const plan: ServicesPlan = planServices(request.project, {
    owner: ownerOf(ports),
    folder: request.folder,
    home: ports.host.environment('HOME') ?? '/root',
    ports: request.ports,
    bindAddress: request.bindAddress,
    hasInit: host.hasInit,
    isMasked,
  });
  const problems = planProblems(plan.containers, request.file.label, request.ports, isMasked);
  if (problems.length > 0) throw new UserError(problems);
  const envFile = `${ports.host.tempDirectory}/daemonless/${plan.owner.project}.env`;
  return { request, host, plan, envFile, ports };
}

function ownerOf({ host, chance }: ServicesPorts): Owner {
  const job = jobSlug(jobIdentity((name) => host.variable(name)));
  return {
    job,
    project: `${job}-${chance.hex(6)}`,
    agent: host.variable('Agent.Name') ?? '',
  };
}

/** What the post-job step will need. */
export function recordOf({ request, plan, envFile, ports }: StepContext): ServicesRecord {
  const folder = `${ports.host.tempDirectory}/daemonless/logins-${plan.owner.project}`;
  return {
    version: 1,
    job: plan.owner.job,
    containers: plan.containers.map(({ service, name }) => ({ service: service.name, name })),
    network: plan.network,
    volumes: [...plan.volumes],
    ...(request.accounts.length === 0 ? {} : { loginFolder: folder }),
    envFile,
    logs: request.logs,
    stopTimeoutSeconds: request.stopTimeoutSeconds,
  };
}
