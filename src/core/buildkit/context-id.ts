import { createHash } from 'node:crypto';
import { jobIdentity } from '../job/identity.ts';
import { runSource } from '../job/run-source.ts';
import { repositoryOf } from '../routing/affinity-key.ts';

/** The file in buildx's store that holds the id (buildx, util/confutil: TryNodeIdentifier). */
export const contextIdFile = '.buildNodeID';

/**
 * The name under which a daemon remembers what this repository's jobs uploaded: the next agent, however
 * new, sends only what changed (build-anchors 3.6). Forks have one each, so that their files never
 * stand in for the repository's own. 16 hexadecimal digits, as buildx makes them.
 */
export function contextId(variable: (name: string) => string | undefined): string {
  const { organization, project } = jobIdentity(variable);
  const parts = [organization, project, repositoryOf(variable), trustLevel(variable)];
  return createHash('sha256').update(parts.join('\0')).digest('hex').slice(0, 16);
}

function trustLevel(variable: (name: string) => string | undefined): string {
  if (!runSource(variable).isFork) return 'own';
  return `fork ${variable('System.PullRequest.SourceRepositoryURI') ?? ''}`;
}
