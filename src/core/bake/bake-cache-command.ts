import type { BuildCommand } from '../buildx/build-args.ts';
import type { BuildRequest } from '../buildx/build-request.ts';
import { type BakePlace, type FormedBake, bakeCommand } from './bake-command.ts';

/**
 * The same bake once more, with nothing to do but to write the caches of its targets (as `cacheExportCommand` of a
 * build). Undefined when the bake itself writes them, or nothing does.
 */
export function bakeCacheCommand(
  request: BuildRequest,
  { targets, linked }: FormedBake,
  place: BakePlace,
): BuildCommand | undefined {
  const written = targets.filter(({ cache }) => cache.isAfterPush && cache.to !== undefined);
  if (written.length === 0) return undefined;
  const cached: BuildRequest = {
    ...request,
    options: { ...request.options, noCache: false, noCacheStages: [], pull: false },
    attestations: { provenance: 'none', sbom: false },
  };
  const formed = written.map(({ target, platforms, cache }) => ({
    target: { ...target, isPushed: false, definition: { ...target.definition, output: [] } },
    ...{ platforms, cache: { ...cache, isAfterPush: false }, isByDigest: false },
  }));
  const beside = (path: string): string => `${path}.cache`;
  const apart = {
    ...place,
    metadataFile: beside(place.metadataFile),
    definitionFile: beside(place.definitionFile),
  };
  return bakeCommand(cached, { targets: formed, linked }, apart);
}
