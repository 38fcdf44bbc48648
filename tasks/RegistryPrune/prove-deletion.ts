import { type Problem, UserError } from '../../src/core/errors.ts';
import type { PruneRun } from './prune-run.ts';
import { refusalProblem } from './refusal-problem.ts';
import { isUnsupported } from './delete-answer.ts';

/** No content has this digest, so that nothing can be deleted by it. */
const nobody = `sha256:${'0'.repeat(64)}`;

/**
 * Asks to delete a manifest that does not exist, in each repository: whoever may not delete is told before the first tag is gone.
 * distribution for one removes tags also where it deletes nothing.
 * @throws UserError with every refusal
 */
export async function proveDeletion(
  repositories: readonly string[],
  { request, access, ports }: PruneRun,
): Promise<void> {
  const proofs = repositories.map(async (repository): Promise<readonly Problem[]> => {
    const client = access.deleting(repository);
    const answer = await client.delete(repository, nobody);
    const asked = { ...request, repository, doing: 'delete' };
    if (answer.kind !== 'answered') return [refusalProblem(answer, asked, ports.host)];
    const refusal = client.refusalOf(answer);
    if (isUnsupported(answer)) return [notEnabled(repository, request.place.host, answer.status)];
    return refusal.kind === 'denied' ? [refusalProblem(refusal, asked, ports.host)] : [];
  });
  const problems = (await Promise.all(proofs)).flat();
  if (problems.length > 0) throw new UserError(problems);
}

function notEnabled(repository: string, registry: string, status: number): Problem {
  return {
    where: 'registry',
    what: `${registry} deletes nothing in ${repository}: it answers HTTP ${status}, unsupported.`,
    change:
      'Let it: distribution and registry:2 need storage.delete.enabled: true (REGISTRY_STORAGE_DELETE_ENABLED=true), proxies never delete.',
  };
}
