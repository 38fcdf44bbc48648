import type { Problem } from '../errors.ts';
import type { Place } from './node.ts';
import { problemAt } from './read-yaml.ts';

/** Git repositories and OCI artefacts, which docker compose would download. */
export function isRemote(path: string): boolean {
  return /^(?:https?|git|ssh|oci|docker):\/\/|^git@|^github\.com\//.test(path);
}

export function remoteProblem(place: Place, key: string, path: string): Problem {
  return problemAt(place, {
    what: `${key} names ${path}, but files are not downloaded while a job runs.`,
    change: 'Check the repository out in an earlier step, and name the file.',
  });
}
