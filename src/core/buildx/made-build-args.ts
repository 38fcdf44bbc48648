import { cacheMountNamespace } from '../cache/scope.ts';
import type { BuildArg, BuildRequest } from './build-request.ts';
import { checksArg } from './dockerfile-checks.ts';

type Asked = Pick<BuildRequest, 'buildArgs' | 'run' | 'format'>;

/**
 * The build arguments that follow from the run and the inputs; the user's own of such a name wins.
 * @param checks how the Dockerfile is checked; undefined: as it says itself
 */
export function madeBuildArgs(
  { buildArgs, run, format }: Asked,
  checks: string | undefined,
): readonly BuildArg[] {
  const { sourceDateEpoch } = format;
  const made = {
    BUILDKIT_CACHE_MOUNT_NS: cacheMountNamespace(run.source),
    // Times in the image are cut at it (reproducible-builds.org/specs/source-date-epoch).
    SOURCE_DATE_EPOCH: sourceDateEpoch === undefined ? undefined : String(sourceDateEpoch),
    [checksArg]: checks,
  };
  return Object.entries(made).flatMap(([name, value]) => {
    const isOwn = buildArgs.some((each) => each.name === name);
    return isOwn || value === undefined ? [] : [{ name, value, isSecret: false }];
  });
}
