import type { Problem } from '../errors.ts';
import { type Parsed, parsed, rejected } from '../parsed.ts';
import { type Platform, formatPlatform } from '../platform/platform.ts';
import { csvField } from '../text/csv-field.ts';
import type { BuildRequest } from './build-request.ts';
import { noExports } from './export-request.ts';

/**
 * The same build once more, whose one result is a file in Docker's format. The daemon has all of it in its cache: nothing
 * may be built anew, and nothing may be attached that the format cannot hold.
 * @param file absolute
 */
export function loadRequest(
  request: BuildRequest,
  platform: Platform | undefined,
  file: string,
): BuildRequest {
  return {
    ...request,
    platforms: { ...request.platforms, wanted: platform === undefined ? [] : [platform] },
    image: { ...request.image, isPushed: false },
    options: { ...request.options, noCache: false, noCacheStages: [], pull: false },
    attestations: { provenance: 'none', sbom: false },
    exports: { ...noExports, raw: [dockerOutput(request, file)] },
  };
}

function dockerOutput({ format }: BuildRequest, file: string): string {
  const times = format.sourceDateEpoch === undefined ? [] : ['rewrite-timestamp=true'];
  return ['type=docker', csvField(`dest=${file}`), ...times].join(',');
}

/**
 * Which of the platforms is loaded: the machine's own, else the only one.
 * @param machine undefined when the agent does not tell
 */
export function loadedPlatform(
  platforms: readonly Platform[],
  machine: Platform | undefined,
): Parsed<Platform | undefined> {
  const own = platforms.find(
    ({ os, architecture }) => os === machine?.os && architecture === machine.architecture,
  );
  const [first, ...others] = platforms;
  if (own !== undefined || others.length === 0) return parsed(own ?? first);
  return rejected(noneFits(platforms));
}

function noneFits(platforms: readonly Platform[]): Problem {
  return {
    where: 'load',
    what: `None of ${platforms.map(formatPlatform).join(', ')} is this agent's own platform, so that it is open which one to load.`,
    change: 'Build one platform, or add that of the agent.',
  };
}
