import { planRelease, shownOrigin, sourceSecrets } from '../core/buildx/release-plan.ts';
import { type BuildxArchitecture, buildxArchitecture } from '../core/buildx/release.ts';
import type { BuildxWish } from '../core/buildx/release-wish.ts';
import { type CachedTool, cachedBuildx } from '../core/buildx/tool-cache.ts';
import { CancelledError, UserError } from '../core/errors.ts';
import type { FileFetcher } from '../ports/file-fetcher.ts';
import type { TaskHost } from '../ports/task-host.ts';
import type { TaskPorts } from '../ports/task-ports.ts';
import { type Buildx, findBuildx, findBuildxVersion } from './find-buildx.ts';
import { installBuildx } from './install-buildx.ts';

export interface ProvidePorts extends TaskPorts {
  readonly fetcher: FileFetcher;
}

/**
 * The buildx to use: what is there and new enough, or the very version that is wished for, from the tool
 * cache, PATH, the plugin folders, else installed. In a dry run it only says that it would be installed.
 * @throws UserError, CancelledError
 */
export async function provideBuildx(
  wish: BuildxWish | undefined,
  dryRun: boolean,
  ports: ProvidePorts,
): Promise<Buildx> {
  if (wish === undefined) return findBuildx(ports);
  const architecture = architectureOf(ports.host);
  const place = cachedBuildx(toolsDirectory(ports.host), wish.version, architecture);
  const cached: Buildx = { file: place.file, version: wish.version, pathFolder: folderOf(place) };
  if (await isComplete(place, ports)) return cached;
  const found = await findBuildxVersion(wish.version, ports);
  if (ports.cancellation.aborted) throw new CancelledError('the search for buildx');
  if (found !== undefined) return found;
  const release = planRelease(wish, architecture);
  if (!release.ok) throw new UserError(release.problems);
  sourceSecrets(wish, release.value).forEach((secret) => {
    ports.host.maskSecret(secret);
  });
  if (dryRun) {
    const from = shownOrigin(release.value.origin);
    ports.host.info(`Dry run: buildx ${wish.version} would be fetched from ${from}.`);
  } else {
    await installBuildx(release.value, place, ports);
  }
  return cached;
}

/** The marker comes last, so a folder without it may be half written (tool-lib's rule). */
async function isComplete(
  { file, marker }: CachedTool,
  { files }: Pick<TaskPorts, 'files'>,
): Promise<boolean> {
  return (await files.exists(marker)) === 'file' && (await files.exists(file)) === 'file';
}

function architectureOf(host: TaskHost): BuildxArchitecture {
  const told = host.variable('Agent.OSArchitecture') ?? '';
  const architecture = buildxArchitecture(told);
  if (architecture !== undefined) return architecture;
  const what = `Expected an agent on X64 or ARM64, found "${told}": no buildx is known for it.`;
  throw new UserError([
    { where: 'buildxVersion', what, change: 'Put buildx on PATH, and leave this input empty.' },
  ]);
}

function toolsDirectory(host: TaskHost): string {
  return host.variable('Agent.ToolsDirectory') ?? `${host.tempDirectory}/tools`;
}

function folderOf({ file }: CachedTool): string {
  return file.slice(0, file.lastIndexOf('/'));
}
