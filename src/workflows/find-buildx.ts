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
}

type Ports = Pick<TaskPorts, 'host' | 'commands' | 'files' | 'cancellation'>;

const answerLimitMs = 10_000;

/**
 * The first buildx that is new enough: standalone on PATH, then the folders of CLI plugins.
 * @throws UserError naming every place looked at, and each buildx found too old.
 */
export async function findBuildx(ports: Ports): Promise<Buildx> {
  const plugins = buildxPluginPaths({
    home: ports.host.variable('HOME'),
    dockerConfig: ports.host.variable('DOCKER_CONFIG'),
  });
  const tooOld: Buildx[] = [];
  for await (const buildx of candidates(ports, plugins)) {
    if (isNewEnough(buildx.version)) return accepted(buildx, ports);
    tooOld.push(buildx);
  }
  if (ports.cancellation.aborted) throw new CancelledError('the search for buildx');
  throw tooOld.length > 0 ? notNewEnough(tooOld) : notFound(plugins);
}

async function* candidates(ports: Ports, plugins: readonly string[]): AsyncGenerator<Buildx> {
  for (const file of [...buildxNames, ...plugins]) {
    if (file.startsWith('/') && (await ports.files.exists(file)) !== 'file') continue;
    const version = await versionOf(file, ports);
    if (version !== undefined) yield { file, version };
  }
}

/** Undefined when there is no such program, or it is not buildx. */
async function versionOf(file: string, { commands }: Ports): Promise<string | undefined> {
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
      change: 'Put a newer one on PATH: https://github.com/docker/buildx/releases.',
    },
  ]);
}

function notFound(plugins: readonly string[]): UserError {
  return new UserError([
    {
      what: `Expected buildx, found none on PATH (${buildxNames.join(', ')}) and none at ${plugins.join(', ')}.`,
      change:
        'Put the release binary on PATH as "buildx": https://github.com/docker/buildx/releases (no Docker is needed).',
    },
  ]);
}
