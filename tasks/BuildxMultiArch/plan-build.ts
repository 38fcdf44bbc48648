import { basename, dirname, join } from 'node:path/posix';
import {
  type BuildCommand,
  type BuildPlace,
  buildCommand,
} from '../../src/core/buildx/build-args.ts';
import { hasExports } from '../../src/core/buildx/export-request.ts';
import type { BuildRequest } from '../../src/core/buildx/build-request.ts';
import {
  type RegistryCache,
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
  readonly cache: RegistryCache;
  readonly command: BuildCommand;
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

/** `platforms`: those asked for, or the builder's own. */
export function planBuild(
  request: BuildRequest,
  platforms: readonly Platform[],
  place: StepPlace,
): Parsed<BuildPlan> {
  const parts = isFannedOut(request, platforms)
    ? platforms.map((platform) => partOf(request, platform, place))
    : [{ ...wholeOf(request, platforms, place), metadataFile: place.metadataFile }];
  const problem = parts
    .map(({ cache }) => ownTagProblem(cache, request.image.references))
    .find((found) => found !== undefined);
  return problem === undefined ? parsed({ request, parts }) : rejected(problem);
}

/**
 * One build for several platforms keeps them in one cache, and the import of that cache misses some steps now and then:
 * BuildKit 0.32 missed 2 of 18 in 4 of 12 builds on a fresh daemon, builds for single platforms none in 16.
 */
function isFannedOut(
  { image, cache, ...request }: BuildRequest,
  platforms: readonly Platform[],
): boolean {
  const { strategy } = request.platforms;
  const isMergeable = image.isPushed && image.references.length > 0 && !hasExports(request.exports);
  if (strategy === 'single' || platforms.length < 2 || !isMergeable) return false;
  return strategy === 'perPlatform' || cache !== undefined;
}

function partOf(request: BuildRequest, platform: Platform, place: StepPlace): BuildPart {
  const name = formatPlatform(platform);
  const file = `${name.replaceAll('/', '-')}-${basename(place.metadataFile)}`;
  const metadataFile = join(dirname(place.metadataFile), file);
  const own = { ...place, metadataFile, isByDigest: true };
  const alone = { ...request.platforms, wanted: [platform] };
  const part = wholeOf({ ...request, platforms: alone }, [platform], own);
  return { ...part, platform: name, metadataFile };
}

function wholeOf(request: BuildRequest, platforms: readonly Platform[], place: StepPlace) {
  const cache = cacheOf(request, platforms);
  const platformCount = platforms.length;
  return { cache, command: buildCommand(request, cache, { ...place, platformCount }) };
}

function cacheOf(request: BuildRequest, platforms: readonly Platform[]): RegistryCache {
  if (request.cache === undefined) return { from: [] };
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
