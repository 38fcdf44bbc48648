import type { Problem } from '../errors.ts';
import { canonicalName, parseReference } from '../image/reference.ts';
import { type TaggedImage, taggedReference } from '../image/tags.ts';
import { type RunSource, fullBranch } from '../job/run-source.ts';
import type { Platform } from '../platform/platform.ts';
import { cacheTag } from './scope.ts';

export interface CacheRequest {
  /** Repository of the cache, without a tag. */
  readonly repository: string;
  /** When layers are written to it: with a build that is pushed, or never. */
  readonly export: 'withPush' | 'off';
  /** Read when neither the own branch nor a pull request's target has a cache; a name or a full ref. */
  readonly defaultBranch: string;
}

/** References of cache images: read in this order, written to one or none. */
export interface RegistryCache {
  readonly from: readonly string[];
  readonly to?: string;
  /** Why nothing is written. */
  readonly notWritten?: string;
}

export interface CachedBuild {
  /** What is built, as a name that its next builds share, e.g. shop/orders. */
  readonly image: string;
  readonly platforms: readonly Platform[];
  readonly source: RunSource;
  readonly isPushed: boolean;
}

/** Own branch first, then the pull request's target, then the default branch; forks never write. */
export function registryCache(request: CacheRequest, build: CachedBuild): RegistryCache {
  const { ref, targetRef } = build.source;
  const refs = [ref, targetRef, fullBranch(request.defaultBranch)];
  const references = refs
    .filter((each): each is string => each !== undefined && each !== '')
    .map((each) => `${request.repository}:${cacheTag(build.image, build.platforms, each)}`);
  const notWritten = reasonNotToWrite(request, build);
  const [own] = references;
  return {
    from: [...new Set(references)],
    ...(notWritten === undefined && own !== undefined ? { to: own } : {}),
    ...(notWritten === undefined ? {} : { notWritten }),
  };
}

function reasonNotToWrite(request: CacheRequest, build: CachedBuild): string | undefined {
  if (build.source.isFork) return 'pull requests from forks only read it';
  if (request.export === 'off') return 'cacheExport is off';
  if (!build.isPushed) return 'cacheExport is withPush, and this build is not pushed';
  return build.source.ref === '' ? 'this run has no source branch' : undefined;
}

/** A cache written to the image's own tag would take the place of the deployable image. */
export function ownTagProblem(
  cache: RegistryCache,
  images: readonly TaggedImage[],
): Problem | undefined {
  const own = new Set(images.map(canonicalReference));
  const hit = [...cache.from, ...(cache.to === undefined ? [] : [cache.to])].find((text) => {
    const reference = parseReference(text);
    return reference?.tag !== undefined && own.has(canonicalReference(reference));
  });
  if (hit === undefined) return undefined;
  return {
    where: 'cacheRepository',
    what: `The cache would be written to ${hit}, which is a tag of the image itself.`,
    change: 'Use a repository of its own for the cache, e.g. my.azurecr.io/cache.',
  };
}

function canonicalReference(image: Pick<TaggedImage, 'name'> & { readonly tag?: string }): string {
  return taggedReference({ name: canonicalName(image.name), tag: image.tag ?? 'latest' });
}

/**
 * The arguments of `buildx build`. The manifest form is always given, because its default changed with
 * BuildKit 0.21 and several registries take no other; a failed export must not fail the build.
 */
export function cacheArguments({ from, to }: RegistryCache): readonly string[] {
  const written = ['mode=max', 'image-manifest=true', 'oci-mediatypes=true', 'ignore-error=true'];
  return [
    ...from.flatMap((ref) => ['--cache-from', `type=registry,ref=${ref}`]),
    ...(to === undefined ? [] : ['--cache-to', `type=registry,ref=${to},${written.join(',')}`]),
  ];
}
