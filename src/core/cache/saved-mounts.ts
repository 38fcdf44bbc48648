import {
  type CacheRequest,
  type CachedBuild,
  reasonNotToWrite,
  scopesOf,
} from './registry-cache.ts';
import { mountsTag } from './scope.ts';

/** Where the content of cache mounts is kept. */
export interface SavedMounts {
  /** Read in this order: own branch, a pull request's target, the default branch. */
  readonly from: readonly string[];
  readonly to: string;
  /** Why nothing is saved. */
  readonly notWritten: string | undefined;
}

/** Beside the layers in the cache repository, by the same rules: forks read and never write. */
export function savedMounts(request: CacheRequest, build: CachedBuild): SavedMounts {
  const { image, platforms, source } = build;
  const refs = scopesOf(request, source).map(
    (scope) => `${request.repository ?? ''}:${mountsTag(image, platforms, scope)}`,
  );
  const from = [...new Set(refs)];
  const [to = ''] = from;
  return { from, to, notWritten: reasonNotToWrite(request, build) };
}
