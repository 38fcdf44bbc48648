import type { Problem } from '../errors.ts';
import { type BuildxRelease, shownOrigin } from './release-plan.ts';

/** Why a file was not fetched. */
export type FetchFailure =
  | { readonly kind: 'no-file' }
  | { readonly kind: 'http'; readonly status: number }
  | { readonly kind: 'digest'; readonly found: string; readonly bytes: number }
  | { readonly kind: 'timeout'; readonly afterMs: number }
  /** `code` of the system, TLS or undici, e.g. `ECONNREFUSED`. */
  | { readonly kind: 'network'; readonly code: string; readonly message: string }
  | { readonly kind: 'disk'; readonly code: string; readonly message: string };

/** The sentence and the cure. @param target the path that it was to have */
export function fetchProblem(
  failure: FetchFailure,
  release: BuildxRelease,
  target: string,
): Problem {
  const from = shownOrigin(release.origin);
  switch (failure.kind) {
    case 'no-file':
      return atSource(`There is no file ${from}.`, 'Put the release file there under this name.');
    case 'http':
      return httpProblem(failure.status, from);
    case 'digest':
      return atSource(
        `${from} is not buildx ${release.version}: expected SHA-256 ${release.sha256}, found ${failure.found} (${failure.bytes} bytes).`,
        'It was not used. Renew the file at the source; when it was changed on purpose, give its digest: buildxVersion: <version>@sha256:<digest>.',
      );
    case 'timeout':
      return atSource(
        `${from} did not arrive within ${failure.afterMs / 1000} s.`,
        'Use a nearer mirror, or bake buildx into the agent.',
      );
    case 'network':
      return atSource(
        `${from} cannot be fetched (${failure.code}: ${failure.message}).`,
        "Check the address and the agent's proxy and CA, or set buildxSource to a mirror or a folder.",
      );
    case 'disk':
      return diskProblem(failure.code, failure.message, target);
  }
}

function httpProblem(status: number, from: string): Problem {
  const what = `${from} answers HTTP ${status}.`;
  if (status === 404)
    return atSource(what, 'Check the version, and that the mirror has this path.');
  if (status === 401 || status === 403) {
    return atSource(what, 'Give user and password in the URL, from a secret variable.');
  }
  return atSource(what, 'Look at it there, or set buildxSource to another mirror or a folder.');
}

function diskProblem(code: string, message: string, target: string): Problem {
  const folder = target.slice(0, target.lastIndexOf('/'));
  if (code === 'ENOSPC' || code === 'EDQUOT') {
    return {
      what: `There is no space left for buildx in the agent's tool cache, ${folder}.`,
      change: 'Free some: it needs about 70 MB.',
    };
  }
  return {
    what: `buildx cannot be written to the agent's tool cache, ${folder} (${code}: ${message}).`,
    change: "Let the agent's user write there, or set AGENT_TOOLSDIRECTORY to another folder.",
  };
}

function atSource(what: string, change: string): Problem {
  return { where: 'buildxSource', what, change };
}
