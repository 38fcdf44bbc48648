import { basename, dirname, join } from 'node:path/posix';
import {
  type BuildCommand,
  type BuildPlace,
  buildCommand,
} from '../../src/core/buildx/build-args.ts';
import { hasExports } from '../../src/core/buildx/export-request.ts';
import type { BuildRequest } from '../../src/core/buildx/build-request.ts';
import { cacheExportCommand } from '../../src/core/buildx/cache-export-command.ts';
import {
  type RegistryCache,
  noCache,
  ownTagProblem,
  registryCache,
} from '../../src/core/cache/registry-cache.ts';
import { pathOf } from '../../src/core/image/reference.ts';
import { type Parsed, parsed, rejected } from '../../src/core/parsed.ts';
import { type Platform, formatPlatform } from '../../src/core/platform/platform.ts';

/** One call of `buildx build`. */
export interface BuildPart {
  /** Set where this is one of several builds, each for a platform, that become one image afterwards. */
  readonly platform?: string;
  /** Names of the builder's nodes that it is built on. */
  readonly nodes: readonly string[];
  readonly cache: RegistryCache;
  readonly command: BuildCommand;
  /** Writes the cache once the image is pushed, where the build itself does not. */
  readonly cacheExport?: BuildCommand;
  readonly metadataFile: string;
}

/** What is the same for all parts. */
type StepPlace = Omit<BuildPlace, 'platformCount'>;

/** What will be run, decided before anything is. */
export interface BuildPlan {
  readonly request: BuildRequest;
  /** At least one; several run side by side. */
  readonly parts: readonly BuildPart[];
}

/** A platform of the build, and the node of the builder that builds it, where that is known. */
export interface BuildTarget {
  readonly platform: Platform;
  readonly node?: string;
}

/** `targets`: the platforms asked for, or the builder's own. */
export function planBuild(
  request: BuildRequest,
  targets: readonly BuildTarget[],
  place: StepPlace,
): Parsed<BuildPlan> {
  const parts = isFannedOut(request, targets)
    ? targets.map((target) => partOf(request, target, place))
    : [{ ...wholeOf(request, targets, place), metadataFile: place.metadataFile }];
  const problem = parts
    .map(({ cache }) => ownTagProblem(cache, request.image.references))
    .find((found) => found !== undefined);
  return problem === undefined ? parsed({ request, parts }) : rejected(problem);
}

/**
 * Several nodes write their caches over one another in one build, and each build's own daemon can be replaced alone.
 * One node keeps several platforms in one cache, and the import of that cache misses some steps now and then: BuildKit 0.32
 * missed 2 of 18 in 4 of 12 builds on a fresh daemon, builds for single platforms none in 16.
 */
function isFannedOut(
  { image, cache, ...request }: BuildRequest,
  targets: readonly BuildTarget[],
): boolean {
  const { strategy } = request.platforms;
  const isMergeable = image.isPushed && image.references.length > 0 && !hasExports(request.exports);
  if (strategy === 'single' || targets.length < 2 || !isMergeable) return false;
  return (
    strategy === 'perPlatform' || cache?.repository !== undefined || nodesOf(targets).length > 1
  );
}

function nodesOf(targets: readonly BuildTarget[]): readonly string[] {
  return [...new Set(targets.flatMap(({ node }) => node ?? []))];
}

function partOf(request: BuildRequest, target: BuildTarget, place: StepPlace): BuildPart {
  const { platform } = target;
  const name = formatPlatform(platform);
  const file = `${name.replaceAll('/', '-')}-${basename(place.metadataFile)}`;
  const metadataFile = join(dirname(place.metadataFile), file);
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
    ...{ cache, nodes: nodesOf(targets), command: buildCommand(request, cache, whole) },
    ...(cacheExport === undefined ? {} : { cacheExport }),
  };
}

function cacheOf(request: BuildRequest, platforms: readonly Platform[]): RegistryCache {
  if (request.cache === undefined) return noCache;
  const { source } = request.run;
  const { isPushed } = request.image;
  return registryCache(request.cache, { image: imageName(request), platforms, source, isPushed });
}

/** What the next builds of the same thing share: the image's path, or what is built when it has none. */
function imageName({ image, run, sources }: BuildRequest): string {
  const [first] = image.references;
  if (first !== undefined) return pathOf(first.name);
  return [run.source.repository, sources.target].join(' ');
}
