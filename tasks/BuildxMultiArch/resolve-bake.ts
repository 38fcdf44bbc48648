import {
  type Bake,
  bakedTargets,
  platformsOfBake,
  referencesOf,
} from '../../src/core/bake/baked-targets.ts';
import { parseDefinition } from '../../src/core/bake/bake-definition.ts';
import {
  bakeFileProblem,
  listedTargets,
  missingTarget,
  missingTargetProblem,
} from '../../src/core/bake/bake-file-problem.ts';
import type { BakeRequest } from '../../src/core/bake/bake-request.ts';
import { secretArgumentWarnings } from '../../src/core/bake/secret-arguments.ts';
import type { BuildRequest } from '../../src/core/buildx/build-request.ts';
import { commandFailed, succeeded } from '../../src/core/command-failure.ts';
import type { Command, CommandResult } from '../../src/core/command.ts';
import { CancelledError, type Problem, UserError } from '../../src/core/errors.ts';
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
    ...{ file: buildx.file, args: printArguments(asked, request), cwd: request.sources.context },
    ...{ env: buildxEnvironment(host), timeoutMs: printLimitMs },
  };
  const result = await commands.run(command);
  if (cancellation.aborted) throw new CancelledError('the reading of the bake file');
  if (result.ending.kind === 'exited' && result.ending.exitCode !== 0) {
    const stderr = host.redact(result.stderr);
    throw new UserError([await problemOf({ stderr }, asked, command, commands)]);
  }
  const definition = succeeded(result) ? parseDefinition(result.stdout, asked.targets) : undefined;
  if (definition === undefined) throw commandFailed(result, (text) => host.redact(text));
  const { isPushed } = request.image;
  const platforms = request.platforms.wanted;
  const bake = bakedTargets(definition, { isPushed, platforms });
  if (!bake.ok) throw new UserError(bake.problems);
  const holdsSecret = (text: string): boolean => host.redact(text) !== text;
  secretArgumentWarnings(bake.value, holdsSecret).forEach((warning) => {
    host.warning(warning);
  });
  return { bake: bake.value, request: withTargets(request, bake.value) };
}

function withTargets(request: BuildRequest, bake: Bake): BuildRequest {
  const references = referencesOf(bake);
  const isPushed = bake.targets.some((target) => target.isPushed);
  return {
    ...request,
    image: { ...request.image, references, isPushed, version: references[0]?.tag },
    platforms: { ...request.platforms, wanted: platformsOfBake(bake) },
  };
}

function printArguments(
  { overrides, ...asked }: BakeRequest,
  { ssh }: Pick<BuildRequest, 'ssh'>,
): readonly string[] {
  return [
    ...[...bakeArguments(asked), '--print'],
    // buildx looks for the agent here already, though keys of the input take the place of the file's.
    ...(ssh.length === 0 ? [] : ['--set', '*.ssh=']),
    ...overrides.flatMap((override) => ['--set', override]),
    ...asked.targets,
  ];
}

function bakeArguments({ files }: Pick<BakeRequest, 'files'>): readonly string[] {
  return ['bake', '--progress=quiet', ...files.flatMap((file) => ['--file', file])];
}

/** With the names that are most like one that is not there; a buildx before 0.20 cannot list them. */
async function problemOf(
  { stderr }: Pick<CommandResult, 'stderr'>,
  asked: BakeRequest,
  command: Command,
  commands: Ports['commands'],
): Promise<Problem> {
  const missing = missingTarget(stderr);
  if (missing === undefined) return bakeFileProblem(stderr);
  const args = [...bakeArguments(asked), '--list=type=targets,format=json'];
  const { stdout } = await commands.run({ ...command, args });
  return missingTargetProblem(missing, asked.targets, listedTargets(stdout));
}
