import type { Problem } from '../errors.ts';
import { canonicalName, parseReference } from '../image/reference.ts';
import { type TaggedImage, taggedReference } from '../image/tags.ts';
import { type RunSource, fullBranch } from '../job/run-source.ts';
import { type Platform, platformSlug } from '../platform/platform.ts';
import type { CacheMount } from './cache-mounts.ts';
import type { RawCache } from './raw-cache.ts';
import { cacheTag } from './scope.ts';

export interface CacheRequest {
  /** Repository of the cache, without a tag; undefined: only what the raw lines name. */
  readonly repository: string | undefined;
  /** Takes the place of the branch in the tags. */
  readonly scope: string | undefined;
  /** When layers are written to it: with a build that is pushed, after it, on the default branch only, or never. */
  readonly export: 'withPush' | 'afterPush' | 'defaultBranchOnly' | 'off';
  /** The layers of all stages, or of the image alone. */
  readonly mode: 'max' | 'min';
  /** Read when neither the own branch nor a pull request's target has a cache; a name or a full ref. */
  readonly defaultBranch: string;
  readonly rawFrom: readonly RawCache[];
  readonly rawTo: readonly RawCache[];
  /** Cache mounts whose content is kept beside the layers. */
  readonly mounts: readonly CacheMount[];
  /** The image whose shell copies them. */
  readonly mountImage: string;
}

/** The caches of one build: cache images, read in this order and written to one or none, and raw lines beside. */
export interface RegistryCache {
  readonly from: readonly string[];
  readonly to?: string;
  /** Why nothing is written. */
  readonly notWritten?: string;
  readonly mode: 'max' | 'min';
  /** Written by a second build, after the image is pushed. */
  readonly isAfterPush: boolean;
  readonly rawFrom: readonly RawCache[];
  readonly rawTo: readonly RawCache[];
}

/** The daemon's own cache alone. */
export const noCache: RegistryCache = {
  ...{ from: [], mode: 'max', isAfterPush: false, rawFrom: [], rawTo: [] },
};

export interface CachedBuild {
  /** What is built, as a name that its next builds share, e.g. shop/orders. */
  readonly image: string;
  readonly platforms: readonly Platform[];
  readonly source: RunSource;
  readonly isPushed: boolean;
}

/** Own branch first, then the pull request's target, then the default branch; forks never write. */
export function registryCache(request: CacheRequest, build: CachedBuild): RegistryCache {
  const { repository, mode, rawFrom, rawTo } = request;
  const from = repository === undefined ? [] : referencesIn(repository, request, build);
  const notWritten = reasonNotToWrite(request, build);
  const [own] = from;
  const isWritten = notWritten === undefined;
  return {
    ...{ from, mode, rawFrom, isAfterPush: request.export === 'afterPush' },
    rawTo: isWritten ? rawTo.map((raw) => forPlatforms(raw, build)) : [],
    ...(isWritten && own !== undefined ? { to: own } : {}),
    ...(isWritten ? {} : { notWritten }),
  };
}

/** Whose caches are read, in this order: refs, or a scope in place of the own one. */
export function scopesOf(
  { scope, defaultBranch }: CacheRequest,
  source: RunSource,
): readonly string[] {
  const refs = [scope ?? source.ref, source.targetRef, fullBranch(defaultBranch)];
  return refs.filter((each): each is string => each !== undefined && each !== '');
}

function referencesIn(
  repository: string,
  request: CacheRequest,
  { image, platforms, source }: CachedBuild,
): readonly string[] {
  const references = scopesOf(request, source).map(
    (each) => `${repository}:${cacheTag(image, platforms, each)}`,
  );
  return [...new Set(references)];
}

/** Undefined when this run writes its caches. */
export function reasonNotToWrite(request: CacheRequest, build: CachedBuild): string | undefined {
  const { ref, isFork } = build.source;
  if (isFork) return 'pull requests from forks only read it';
  if (request.export === 'off') return 'cacheExport is off';
  if (!build.isPushed) return `cacheExport is ${request.export}, and this build is not pushed`;
  if (request.export === 'defaultBranchOnly' && ref !== fullBranch(request.defaultBranch)) {
    return `cacheExport is defaultBranchOnly, and this is not ${request.defaultBranch}`;
  }
  return ref === '' && request.scope === undefined ? 'this run has no source branch' : undefined;
}

/** `{platform}` keeps the builds for several platforms from overwriting each other's cache. */
function forPlatforms(raw: RawCache, { platforms }: CachedBuild): RawCache {
  const names = platforms.map(platformSlug);
  const name = names.length === 0 ? 'native' : names.join('.');
  const attributes = raw.attributes.map(
    ([key, value]) => [key, value.replaceAll('{platform}', name)] as const,
  );
  return { ...raw, attributes };
}

/** A cache written to the image's own tag would take the place of the deployable image. */
export function ownTagProblem(
  cache: RegistryCache,
  images: readonly TaggedImage[],
): Problem | undefined {
  const own = new Set(images.map(canonicalReference));
  const raw = cache.rawTo.filter(({ type }) => type === 'registry').map(referenceOf);
  const hit = [...cache.from, ...raw].find((text) => {
    const reference = parseReference(text);
    return reference?.tag !== undefined && own.has(canonicalReference(reference));
  });
  if (hit === undefined) return undefined;
  return {
    where: raw.includes(hit) ? 'cacheTo' : 'cacheRepository',
    what: `The cache would be written to ${hit}, which is a tag of the image itself.`,
    change: 'Use a repository of its own for the cache, e.g. my.azurecr.io/cache.',
  };
}

function canonicalReference(image: Pick<TaggedImage, 'name'> & { readonly tag?: string }): string {
  return taggedReference({ name: canonicalName(image.name), tag: image.tag ?? 'latest' });
}

function referenceOf({ attributes }: RawCache): string {
  return attributes.find(([name]) => name === 'ref')?.[1] ?? '';
}
