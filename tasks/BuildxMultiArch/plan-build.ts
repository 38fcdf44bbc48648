import {
  type BuildCommand,
  type BuildPlace,
  buildCommand,
} from '../../src/core/buildx/build-args.ts';
import type { BuildRequest } from '../../src/core/buildx/build-request.ts';
import {
  type RegistryCache,
  ownTagProblem,
  registryCache,
} from '../../src/core/cache/registry-cache.ts';
import { pathOf } from '../../src/core/image/reference.ts';
import { type Parsed, parsed, rejected } from '../../src/core/parsed.ts';
import type { Platform } from '../../src/core/platform/platform.ts';

/** What will be run, decided before anything is. */
export interface BuildPlan {
  readonly request: BuildRequest;
  readonly cache: RegistryCache;
  readonly command: BuildCommand;
}

/** `platforms`: those asked for, or the builder's own. */
export function planBuild(
  request: BuildRequest,
  platforms: readonly Platform[],
  place: BuildPlace,
): Parsed<BuildPlan> {
  const cache = cacheOf(request, platforms);
  const problem = ownTagProblem(cache, request.images);
  if (problem !== undefined) return rejected(problem);
  return parsed({ request, cache, command: buildCommand(request, cache, place) });
}

function cacheOf(request: BuildRequest, platforms: readonly Platform[]): RegistryCache {
  if (request.cache === undefined) return { from: [] };
  const { source, isPushed } = request;
  return registryCache(request.cache, { image: imageName(request), platforms, source, isPushed });
}

/** What the next builds of the same thing share: the image's path, or what is built when it has none. */
function imageName({ images, source, target }: BuildRequest): string {
  const [first] = images;
  return first === undefined ? [source.repository, target].join(' ') : pathOf(first.name);
}
