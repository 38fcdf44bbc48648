import { join, resolve } from 'node:path/posix';
import {
  type BakePlace,
  type FormedTarget,
  bakeCommand,
} from '../../src/core/bake/bake-command.ts';
import { bakeCacheCommand } from '../../src/core/bake/bake-cache-command.ts';
import { bakeForPlatform } from '../../src/core/bake/bake-for-platform.ts';
import type { TargetDefinition } from '../../src/core/bake/bake-definition.ts';
import { type Bake, type BakedTarget, definitionsOf } from '../../src/core/bake/baked-targets.ts';
import { annotationsOfTarget, writtenFiles } from '../../src/core/bake/settled-output.ts';
import { isRemoteContext } from '../../src/core/buildx/context-place.ts';
import type { BuildRequest } from '../../src/core/buildx/build-request.ts';
import { type RegistryCache, noCache, registryCache } from '../../src/core/cache/registry-cache.ts';
import { pathOf } from '../../src/core/image/reference.ts';
import { type Parsed, parsed, rejected } from '../../src/core/parsed.ts';
import { formatPlatform, platformSlug } from '../../src/core/platform/platform.ts';
import { isFannedOut } from './fan-out.ts';
import {
  type BuildPart,
  type BuildPlan,
  type BuildTarget,
  type PlannedDockerfile,
  type PlannedImage,
  nodesOf,
  ownTagProblemOf,
  partFile,
} from './planned-parts.ts';

type StepPlace = Omit<BakePlace, 'definitionFile'> & { readonly privateFolder: string };

/** @param builders each platform of the bake with the node that builds it */
export function planBake(
  request: BuildRequest,
  bake: Bake,
  builders: readonly BuildTarget[],
  place: StepPlace,
): Parsed<BuildPlan> {
  const parts = isFannedOut(request, builders, isMergeable(bake))
    ? builders.map((builder) => partOf(request, bake, builder, place))
    : [wholeOf(request, bake, builders, place)];
  const problem = ownTagProblemOf(parts, request);
  if (problem !== undefined) return rejected(problem);
  const images = bake.targets.map((target) => imageOf(target, request));
  const pushedFirst = [...images].sort((a, b) => Number(b.isPushed) - Number(a.isPushed));
  const all = definitionsOf(bake);
  const targets = all.map(([name]) => name);
  const dockerfiles = all.flatMap(([name, own]) => dockerfileOf(name, own, place.folder));
  return parsed({ request, parts, images: pushedFirst, dockerfiles, targets });
}

/**
 * What is written to the agent has to come from one call. A target that is not pushed, such as a test, has nothing to
 * merge.
 */
function isMergeable({ targets }: Bake): boolean {
  return (
    targets.some(({ isPushed }) => isPushed) &&
    targets.every(
      ({ platforms, definition }) => platforms.length > 0 && writtenFiles(definition).length === 0,
    )
  );
}

/** The targets that have this platform. */
function partOf(
  request: BuildRequest,
  bake: Bake,
  builder: BuildTarget,
  place: StepPlace,
): BuildPart {
  const { platform } = builder;
  const name = formatPlatform(platform);
  const alone = bakeForPlatform(bake, platform);
  const metadataFile = partFile(place.metadataFile, platform);
  const part = wholeOf(request, alone, [builder], { ...place, metadataFile }, true);
  return { ...part, platform: name };
}

function wholeOf(
  request: BuildRequest,
  { targets, linked }: Bake,
  builders: readonly BuildTarget[],
  place: StepPlace,
  isByDigest = false,
): BuildPart {
  const { metadataFile, privateFolder } = place;
  const formed = targets.map((target): FormedTarget => {
    const { platforms } = target;
    return { target, platforms, cache: cacheOf(request, target), isByDigest };
  });
  const definitionFile = join(
    privateFolder,
    `bake-${builders.map(({ platform }) => platformSlug(platform)).join('-')}.json`,
  );
  const run = { targets: formed, linked };
  const cacheExport = bakeCacheCommand(request, run, { ...place, definitionFile });
  return {
    nodes: nodesOf(builders),
    caches: formed.map(({ cache }) => cache),
    command: bakeCommand(request, run, { ...place, definitionFile }),
    metadataFile,
    ...(cacheExport === undefined ? {} : { cacheExport }),
  };
}

function cacheOf(request: BuildRequest, target: BakedTarget): RegistryCache {
  if (request.cache === undefined) return noCache;
  const { source } = request.run;
  const { name, references, isPushed, platforms } = target;
  const [first] = references;
  const image = first === undefined ? `${source.repository} ${name}` : pathOf(first.name);
  const cache = registryCache(request.cache, { image, platforms, source, isPushed });
  if (cache.notWritten === undefined || isPushed === request.image.isPushed) return cache;
  return { ...cache, notWritten: `${cache.notWritten} (target ${name})` };
}

function imageOf(target: BakedTarget, request: BuildRequest): PlannedImage {
  const { name, references, isPushed, definition } = target;
  const annotations = annotationsOfTarget(target, request);
  return { target: name, references, isPushed, annotations, written: writtenFiles(definition) };
}

/** None where its text is in the bake file, or the daemon fetches it. */
function dockerfileOf(
  target: string,
  definition: TargetDefinition,
  folder: string,
): readonly PlannedDockerfile[] {
  const { context, dockerfile } = definition;
  const isFile = definition['dockerfile-inline'] === undefined && !isRemoteContext(context);
  return isFile ? [{ target, path: resolve(folder, context, dockerfile) }] : [];
}
