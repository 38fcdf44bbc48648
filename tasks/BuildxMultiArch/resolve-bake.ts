import {
  type Bake,
  bakedTargets,
  platformsOfBake,
  referencesOf,
} from '../../src/core/bake/baked-targets.ts';
import { parseDefinition } from '../../src/core/bake/bake-definition.ts';
import type { BakeRequest } from '../../src/core/bake/bake-request.ts';
import type { BuildRequest } from '../../src/core/buildx/build-request.ts';
import { commandFailed, succeeded } from '../../src/core/command-failure.ts';
import type { Command, CommandResult } from '../../src/core/command.ts';
import {
  CancelledError,
  type Problem,
  type SourcePlace,
  UserError,
} from '../../src/core/errors.ts';
import type { TaskPorts } from '../../src/ports/task-ports.ts';
import type { Buildx } from '../../src/workflows/find-buildx.ts';
import { buildxEnvironment } from './buildx-settings.ts';

/** What a bake file comes to in this run. */
export interface ResolvedBake {
  readonly bake: Bake;
  /** With the images and platforms of all targets. */
  readonly request: BuildRequest;
}

const printLimitMs = 60_000;

type Ports = Pick<TaskPorts, 'host' | 'commands' | 'cancellation'>;

/**
 * Has buildx read the bake file; no daemon is asked.
 * @throws UserError with what is wrong with the file, CommandFailedError, CancelledError
 */
export async function resolveBake(
  request: BuildRequest,
  asked: BakeRequest,
  buildx: Buildx,
  { host, commands, cancellation }: Ports,
): Promise<ResolvedBake> {
  const command: Command = {
    ...{ file: buildx.file, args: printArguments(asked), cwd: request.sources.context },
    ...{ env: buildxEnvironment(host), timeoutMs: printLimitMs },
  };
  const result = await commands.run(command);
  if (cancellation.aborted) throw new CancelledError('the reading of the bake file');
  if (result.ending.kind === 'exited' && result.ending.exitCode !== 0) {
    throw new UserError([fileProblem(result, (text) => host.redact(text))]);
  }
  const definition = succeeded(result) ? parseDefinition(result.stdout) : undefined;
  if (definition === undefined) throw commandFailed(result, (text) => host.redact(text));
  const { isPushed } = request.image;
  const platforms = request.platforms.wanted;
  const bake = bakedTargets(definition, { isPushed, platforms });
  if (!bake.ok) throw new UserError(bake.problems);
  return { bake: bake.value, request: withTargets(request, bake.value) };
}

function withTargets(request: BuildRequest, bake: Bake): BuildRequest {
  const references = referencesOf(bake);
  return {
    ...request,
    image: { ...request.image, references, version: references[0]?.tag },
    platforms: { ...request.platforms, wanted: platformsOfBake(bake) },
  };
}

function printArguments({ files, targets, overrides }: BakeRequest): readonly string[] {
  return [
    ...['bake', '--print', '--progress=quiet'],
    ...files.flatMap((file) => ['--file', file]),
    ...overrides.flatMap((override) => ['--set', override]),
    ...targets,
  ];
}

/** buildx tells `FILE:LINE,COLUMNS: what` for a file that it cannot read. */
function fileProblem({ stderr }: CommandResult, redact: (text: string) => string): Problem {
  const error = stderr.split('\n').findLast((line) => line.startsWith('ERROR: ')) ?? stderr.trim();
  const text = redact(error.replace(/^ERROR: /, ''));
  const [, path, line, rest = text] = /^(\S+?):(\d+)(?:,[\d,-]+)?: (.*)$/s.exec(text) ?? [];
  const place: SourcePlace | undefined =
    path === undefined ? undefined : { path, line: Number(line) };
  const isTarget = /failed to find target/.test(text);
  return {
    where: isTarget ? 'bakeTargets' : 'bakeFile',
    what: `buildx cannot read it: ${rest.trim().replace(/\.$/, '')}.`,
    change: isTarget
      ? 'Name a target or group of the bake file.'
      : 'Mend the file; "buildx bake --print" shows the same on any machine.',
    ...(place === undefined ? {} : { place }),
  };
}
