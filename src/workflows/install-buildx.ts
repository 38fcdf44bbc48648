import { fetchProblem } from '../core/buildx/fetch-problem.ts';
import { type BuildxRelease, shownOrigin } from '../core/buildx/release-plan.ts';
import type { CachedTool } from '../core/buildx/tool-cache.ts';
import { CancelledError, UserError } from '../core/errors.ts';
import { formatBytes, formatSeconds } from '../core/text/measures.ts';
import type { FileFetcher } from '../ports/file-fetcher.ts';
import type { TaskPorts } from '../ports/task-ports.ts';
import { buildxVersionOf } from './find-buildx.ts';

type Ports = Pick<TaskPorts, 'host' | 'files' | 'clock' | 'commands' | 'cancellation'> & {
  readonly fetcher: FileFetcher;
};

const limitMs = 600_000;
const reportEveryMs = 10_000;
const everyoneReads = 0o644;

/**
 * Fetches a release into the tool cache, and marks it complete once its digest is right and it runs.
 * @throws UserError, CancelledError
 */
export async function installBuildx(
  release: BuildxRelease,
  { file, marker }: CachedTool,
  ports: Ports,
): Promise<void> {
  const { host, clock, files, fetcher, cancellation } = ports;
  const startMs = clock.now();
  host.info(`Fetching buildx ${release.version} from ${shownOrigin(release.origin)}`);
  const outcome = await fetcher.fetch({
    origin: release.origin,
    target: file,
    sha256: release.sha256,
    limitMs,
    onProgress: progressLines(ports),
  });
  if (cancellation.aborted) throw new CancelledError('the download of buildx');
  if (outcome.kind === 'failed') {
    throw new UserError([fetchProblem(outcome.failure, release, file)]);
  }
  await mustRun(file, release.version, ports);
  await files.writeText(marker, '', everyoneReads);
  const took = `${formatBytes(outcome.bytes)} in ${formatSeconds(clock.now() - startMs)}`;
  host.info(`Installed buildx ${release.version} at ${file} (${took}, SHA-256 is right).`);
}

function progressLines({ host, clock }: Ports): (bytes: number, total: number | undefined) => void {
  let reportAtMs = clock.now() + reportEveryMs;
  return (bytes, total) => {
    if (clock.now() < reportAtMs) return;
    reportAtMs = clock.now() + reportEveryMs;
    const of = total === undefined ? '' : ` of ${formatBytes(total)}`;
    host.info(`Fetched ${formatBytes(bytes)}${of} of buildx.`);
  };
}

/** The right bytes may still be for another processor, or lie where nothing may be run. */
async function mustRun(file: string, version: string, ports: Ports): Promise<void> {
  const told = await buildxVersionOf(file, ports);
  if (ports.cancellation.aborted) throw new CancelledError('the first run of buildx');
  if (told === version) return;
  const found = told === undefined ? 'it does not run' : `it says it is ${told}`;
  throw new UserError([
    {
      where: 'buildxVersion',
      what: `Expected ${file} to be buildx ${version}, but ${found}.`,
      change:
        'Check that the digest belongs to this version and processor, and that the tool cache is not mounted noexec.',
    },
  ]);
}
