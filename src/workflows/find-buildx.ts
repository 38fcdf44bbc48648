import { buildxNames, buildxPluginPaths } from '../core/buildx/buildx-places.ts';
import {
  isNewEnough,
  isUnstamped,
  minimumBuildx,
  readBuildxVersion,
} from '../core/buildx/buildx-version.ts';
import { succeeded } from '../core/command-failure.ts';
import { CancelledError, UserError } from '../core/errors.ts';
import type { TaskPorts } from '../ports/task-ports.ts';

/** A buildx that runs here. */
export interface Buildx {
  /** Name on PATH, or the absolute path of the CLI plugin: give it to `Command.file`. */
  readonly file: string;
  /** e.g. `0.36.1`; `0.0.0+unknown` for a build without a version stamp. */
  readonly version: string;
  /** Folder for the front of later steps' PATH, when we brought it. */
  readonly pathFolder?: string;
}

type Ports = Pick<TaskPorts, 'host' | 'commands' | 'files' | 'cancellation'>;

const answerLimitMs = 10_000;
const releases = 'https://github.com/docker/buildx/releases';
const letUsInstall =
  'set buildxVersion of SetupBuildkitBuilder, such as 0.36.1, which downloads and checks it.';

/**
 * The first buildx that is new enough: standalone on PATH, then the folders of CLI plugins.
 * @throws UserError naming every place looked at, and each buildx found too old.
 */
export async function findBuildx(ports: Ports): Promise<Buildx> {
  const plugins = pluginPaths(ports);
  const tooOld: Buildx[] = [];
  for await (const buildx of candidates(ports, plugins)) {
    if (isNewEnough(buildx.version)) return accepted(buildx, ports);
    tooOld.push(buildx);
  }
  if (ports.cancellation.aborted) throw new CancelledError('the search for buildx');
  throw tooOld.length > 0 ? notNewEnough(tooOld) : notFound(plugins);
}

/** The first buildx of exactly this version, e.g. `0.36.1`, at the same places. */
export async function findBuildxVersion(
  version: string,
  ports: Ports,
): Promise<Buildx | undefined> {
  for await (const buildx of candidates(ports, pluginPaths(ports))) {
    if (buildx.version === version) return buildx;
  }
  return undefined;
}

function pluginPaths({ host }: Ports): readonly string[] {
  return buildxPluginPaths({
    home: host.variable('HOME'),
    dockerConfig: host.variable('DOCKER_CONFIG'),
  });
}

async function* candidates(ports: Ports, plugins: readonly string[]): AsyncGenerator<Buildx> {
  for (const file of [...buildxNames, ...plugins]) {
    if (file.startsWith('/') && (await ports.files.exists(file)) !== 'file') continue;
    const version = await buildxVersionOf(file, ports);
    if (version !== undefined) yield { file, version };
  }
}

/** What the program tells of itself; undefined when it does not run, or is not buildx. */
export async function buildxVersionOf(
  file: string,
  { commands }: Pick<Ports, 'commands'>,
): Promise<string | undefined> {
  const result = await commands.run({ file, args: ['version'], timeoutMs: answerLimitMs });
  return succeeded(result) ? readBuildxVersion(result.stdout) : undefined;
}

function accepted(buildx: Buildx, { host }: Ports): Buildx {
  if (isUnstamped(buildx.version)) {
    const found = `${buildx.file} tells no version (${buildx.version})`;
    host.warning(`${found}; it is used as if it were at least ${minimumBuildx}.`);
  }
  return buildx;
}

function notNewEnough(found: readonly Buildx[]): UserError {
  const list = found.map(({ file, version }) => `${file} ${version}`).join(', ');
  return new UserError([
    {
      what: `Expected buildx ${minimumBuildx} or newer, found ${list}.`,
      change: `Put a newer one on PATH (${releases}), or ${letUsInstall}`,
    },
  ]);
}

function notFound(plugins: readonly string[]): UserError {
  return new UserError([
    {
      what: `Expected buildx, found none on PATH (${buildxNames.join(', ')}) and none at ${plugins.join(', ')}.`,
      change: `Put the release binary on PATH as "buildx" (${releases}; no Docker is needed), or ${letUsInstall}`,
    },
  ]);
}
