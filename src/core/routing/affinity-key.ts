import { jobIdentity } from '../job/identity.ts';

/** What makes two builds want the same warm cache. Neither branch nor agent folder: branches share, folders differ. */
export interface Affinity {
  readonly organization: string;
  readonly project: string;
  readonly repositoryId: string;
  /** Path in the repository, as written. */
  readonly dockerfile: string;
  /** The platforms of the replica group, e.g. `linux/arm64`. */
  readonly platforms: readonly string[];
}

/** The key that a replica is chosen by. NUL separates the parts, because none of them can hold it. */
export function affinityKey(affinity: Affinity): string {
  const { organization, project, repositoryId, dockerfile, platforms } = affinity;
  return [organization, project, repositoryId, dockerfile, ...[...platforms].sort()].join('\0');
}

/**
 * The affinity of this job. A release has no repository, so its definition stands for one; a set-up
 * step knows no Dockerfile, so it is the usual one.
 */
export function jobAffinity(
  variable: (name: string) => string | undefined,
): Omit<Affinity, 'platforms'> {
  const { organization, project } = jobIdentity(variable);
  return { organization, project, repositoryId: repositoryOf(variable), dockerfile: 'Dockerfile' };
}

/** The repository's id, or what stands for it in a job without one. */
export function repositoryOf(variable: (name: string) => string | undefined): string {
  const id = variable('Build.Repository.ID') ?? '';
  return id === '' ? `definition ${jobIdentity(variable).definition}` : id;
}
