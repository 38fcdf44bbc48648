/** A label of ours begins with it; short, because every printed command shows them all. */
const prefix = 'daemonless';

/** What a cleanup finds containers, networks and volumes by, whatever else was lost. */
export const jobLabel = `${prefix}.job`;

export interface Owner {
  /** `jobSlug`: a digest over organization, project, definition, run, job and attempt. */
  readonly job: string;
  /** Unique for each run of the step. */
  readonly project: string;
  readonly agent: string;
}

/** `--label` arguments of everything we create; compose's own label lets other tools list it as a project. */
export function labelArgs(owner: Owner, service?: string): readonly string[] {
  const labels: Readonly<Record<string, string>> = {
    [jobLabel]: owner.job,
    [`${prefix}.agent`]: owner.agent,
    'com.docker.compose.project': owner.project,
    ...(service === undefined ? {} : { 'com.docker.compose.service': service }),
  };
  return Object.entries(labels).flatMap(([name, value]) => ['--label', `${name}=${value}`]);
}
