import { type BuildPlace, buildCommand } from '../../src/core/buildx/build-args.ts';
import { hasExports } from '../../src/core/buildx/export-request.ts';
import type { BuildRequest } from '../../src/core/buildx/build-request.ts';
import { cacheExportCommand } from '../../src/core/buildx/cache-export-command.ts';
import { type RegistryCache, noCache, registryCache } from '../../src/core/cache/registry-cache.ts';
import { type Parsed, parsed, rejected } from '../../src/core/parsed.ts';
import { type Platform, formatPlatform } from '../../src/core/platform/platform.ts';
import { isFannedOut } from './fan-out.ts';
import {
  type BuildPart,
  type BuildPlan,
  type BuildTarget,
  type PlannedImage,
  imageNameOf,
  nodesOf,
  ownTagProblemOf,
  partFile,
} from './planned-parts.ts';

/** What is the same for all parts. */
type StepPlace = Omit<BuildPlace, 'platformCount'>;

/** `targets`: the platforms asked for, or the builder's own. */
export function planBuild(
  request: BuildRequest,
  targets: readonly BuildTarget[],
  place: StepPlace,
): Parsed<BuildPlan> {
  const parts = isFannedOut(request, targets, isMergeable(request))
    ? targets.map((target) => partOf(request, target, place))
    : [{ ...wholeOf(request, targets, place), metadataFile: place.metadataFile }];
  const problem = ownTagProblemOf(parts, request);
  if (problem !== undefined) return rejected(problem);
  const dockerfiles = [{ path: request.sources.dockerfile }];
  return parsed({ request, parts, images: [imageOf(request)], dockerfiles, targets: [] });
}

function imageOf({ image }: BuildRequest): PlannedImage {
  const { references, isPushed, annotations } = image;
  return { references, isPushed, annotations, written: [] };
}

function isMergeable({ image, exports }: BuildRequest): boolean {
  return image.isPushed && image.references.length > 0 && !hasExports(exports);
}

function partOf(request: BuildRequest, target: BuildTarget, place: StepPlace): BuildPart {
  const { platform } = target;
  const name = formatPlatform(platform);
  const metadataFile = partFile(place.metadataFile, platform);
  const own = { ...place, metadataFile, isByDigest: true };
  const alone = { ...request.platforms, wanted: [platform] };
  const part = wholeOf({ ...request, platforms: alone }, [target], own);
  return { ...part, platform: name, metadataFile };
}

function wholeOf(request: BuildRequest, targets: readonly BuildTarget[], place: StepPlace) {
  const platforms = targets.map(({ platform }) => platform);
  const cache = cacheOf(request, platforms);
  const whole = { ...place, platformCount: targets.length };
  const cacheExport = cacheExportCommand(request, cache, whole);
  return {
    ...{ caches: [cache], nodes: nodesOf(targets), command: buildCommand(request, cache, whole) },
    ...(cacheExport === undefined ? {} : { cacheExport }),
  };
}

function cacheOf(request: BuildRequest, platforms: readonly Platform[]): RegistryCache {
  if (request.cache === undefined) return noCache;
  const { source } = request.run;
  const { isPushed } = request.image;
  return registryCache(request.cache, { image: imageNameOf(request), platforms, source, isPushed });
}
