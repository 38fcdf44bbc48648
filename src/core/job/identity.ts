import { createHash } from 'node:crypto';

/** Whose things these are: everything we create is named and labelled by it (design section 3). */
export interface JobIdentity {
  readonly organization: string;
  readonly project: string;
  readonly definition: string;
  readonly run: string;
  readonly job: string;
  readonly attempt: string;
}

/** From the agent's variables; builds and releases name their definition and run differently (contract section 8). */
export function jobIdentity(variable: (name: string) => string | undefined): JobIdentity {
  const first = (...names: readonly string[]): string =>
    names.map(variable).find((value) => value !== undefined && value !== '') ?? 'none';
  return {
    organization: first('System.CollectionUri', 'System.TeamFoundationCollectionUri'),
    project: first('System.TeamProjectId', 'System.TeamProject'),
    definition: first('System.DefinitionId', 'Release.DefinitionId'),
    run: first('Release.ReleaseId', 'Build.BuildId'),
    job: first('System.JobId'),
    attempt: first('System.JobAttempt', 'Release.AttemptNumber'),
  };
}

/**
 * A short name of the job: readable run and attempt, then 12 hex digits over all six parts with
 * a separator that none can hold. Lower-case letters, digits and `-`; at most 40 characters.
 */
export function jobSlug(identity: JobIdentity): string {
  const { organization, project, definition, run, job, attempt } = identity;
  const parts = [organization, project, definition, run, job, attempt].join('\0');
  const digest = createHash('sha256').update(parts).digest('hex').slice(0, 12);
  const readable = `${run}-${attempt}`.toLowerCase().replace(/[^a-z0-9]+/g, '-');
  return `${readable.replace(/^-+|-+$/g, '').slice(0, 27)}-${digest}`;
}
