import { createHash } from 'node:crypto';

/** A label of ours begins with it; short, because every printed command shows them all. */
const prefix = 'daemonless';

/** What a cleanup finds containers, networks and volumes by, whatever else was lost. */
export const jobLabel = `${prefix}.job`;
/** What the next job of the same agent finds the leftovers of a dead one by. */
export const agentLabel = `${prefix}.agent`;

/** compose's own label: other tools list what carries it as a project. */
export const projectLabel = 'com.docker.compose.project';

/** The service's name in the compose file. */
export const serviceLabel = 'com.docker.compose.service';

export interface Owner {
  /** `jobSlug`: a digest over organization, project, definition, run, job and attempt. */
  readonly job: string;
  /** Unique for each run of the step. */
  readonly project: string;
  /** `agentKey`. */
  readonly agent: string;
}

/**
 * One installation of an agent: it runs one job at a time, so what another job of the same agent left is
 * nobody's any more. Names repeat between pools, work folders do not repeat on one host.
 */
export function agentKey(variable: (name: string) => string | undefined): string {
  const names = ['System.CollectionUri', 'Agent.Id', 'Agent.MachineName', 'Agent.WorkFolder'];
  const parts = names.map((name) => variable(name) ?? '').join('\0');
  const readable = (variable('Agent.Name') ?? 'agent').toLowerCase().replace(/[^a-z0-9]+/g, '-');
  return `${readable.slice(0, 30)}-${createHash('sha256').update(parts).digest('hex').slice(0, 12)}`;
}

/** `--label` arguments of everything we create. */
export function labelArgs(owner: Owner, service?: string): readonly string[] {
  const labels: Readonly<Record<string, string>> = {
    [jobLabel]: owner.job,
    [agentLabel]: owner.agent,
    [projectLabel]: owner.project,
    ...(service === undefined ? {} : { [serviceLabel]: service }),
  };
  return Object.entries(labels).flatMap(([name, value]) => ['--label', `${name}=${value}`]);
}
