import { UserError } from '../../src/core/errors.ts';
import type { Selection } from '../../src/core/prune/patterns.ts';
import { isGlob } from '../../src/core/text/glob.ts';
import { nearest } from '../../src/core/text/nearest.ts';
import type { PrunePorts } from './prune-ports.ts';
import type { CheckedRequest } from './read-request.ts';
import { refusalProblem } from './refusal-problem.ts';
import type { RegistryAccess } from './registry-access.ts';
import { RefusedError } from './refused-error.ts';

/**
 * The repositories that are meant, sorted. The registry's list is asked for only when there is a pattern.
 * @throws UserError when the list is needed and closed, or nothing on it is meant
 */
export async function chooseRepositories(
  request: CheckedRequest,
  access: RegistryAccess,
  ports: PrunePorts,
): Promise<readonly string[]> {
  const { repositories } = request;
  const named = repositories.included.filter((text) => !isPattern(text));
  if (named.length > 0 && named.length === repositories.included.length) {
    return named.filter((name) => repositories.matches(name)).sort();
  }
  const listed = await registryList(request, access, ports);
  const meant = [...new Set([...named, ...listed])].filter((name) => repositories.matches(name));
  if (meant.length === 0) throw new UserError([noneMeant(repositories, listed)]);
  return meant.sort();
}

function isPattern(text: string): boolean {
  return isGlob(text) || text.startsWith('/');
}

async function registryList(
  request: CheckedRequest,
  access: RegistryAccess,
  { host }: PrunePorts,
): Promise<readonly string[]> {
  try {
    return await access.catalog().repositories();
  } catch (error) {
    if (!(error instanceof RefusedError)) throw error;
    const problem = refusalProblem(error.refusal, { ...request, doing: error.doing }, host);
    const { kind } = error.refusal;
    if (kind !== 'denied' && kind !== 'odd') throw new UserError([problem]);
    // With a wrong password a registry says the same as where the list is closed to everybody.
    const renew = error.refusal.status === 401 ? ` Else: ${problem.change}` : '';
    const change = `Where only the list is closed, write the names of repositories instead of patterns.${renew}`;
    throw new UserError([{ where: 'repositories', what: problem.what, change }]);
  }
}

function noneMeant({ included }: Selection, listed: readonly string[]) {
  const found =
    listed.length === 0
      ? 'The registry has no repository'
      : `None of ${listed.length} repositories`;
  const like = included.flatMap((text) => nearest(text, listed, 1));
  return {
    where: 'repositories',
    what: `${found} that matches ${included.join(', ') || 'these lines'}.`,
    change:
      like.length === 0
        ? 'Check the patterns: * stays within one level, ** does not.'
        : `Did you mean ${like.join(', ')}?`,
  };
}
