import { noExports } from './export-request.ts';
import { cacheExportArguments, withoutInline } from '../cache/cache-args.ts';
import type { RegistryCache } from '../cache/registry-cache.ts';
import { type BuildCommand, type BuildPlace, buildCommand } from './build-args.ts';
import type { BuildRequest } from './build-request.ts';

/**
 * The same build once more, with nothing to do but to write its cache: every step is in the daemon's cache by then.
 * Undefined when the build itself writes it, or nothing does.
 */
export function cacheExportCommand(
  request: BuildRequest,
  cache: RegistryCache,
  place: BuildPlace,
): BuildCommand | undefined {
  const written = withoutInline(cache);
  if (!cache.isAfterPush || cacheExportArguments(written, request.format).length === 0) {
    return undefined;
  }
  const cached: BuildRequest = {
    ...request,
    image: { ...request.image, references: [], annotations: [], isPushed: false },
    options: { ...request.options, noCache: false, noCacheStages: [], pull: false },
    exports: noExports,
    attestations: { provenance: 'none', sbom: false },
  };
  const apart = { ...place, isByDigest: false, metadataFile: `${place.metadataFile}.cache` };
  return buildCommand(cached, { ...written, isAfterPush: false }, apart);
}
