import { type LogChunk, parseProgressLine } from '../../src/core/buildx/rawjson.ts';
import { madeBuildArgs } from '../../src/core/buildx/made-build-args.ts';
import type { BuildRequest } from '../../src/core/buildx/build-request.ts';
import { succeeded } from '../../src/core/command-failure.ts';
import type { Command, CommandResult } from '../../src/core/command.ts';
import type { Platform } from '../../src/core/platform/platform.ts';
import { formatPlatform } from '../../src/core/platform/platform.ts';
import type { TaskPorts } from '../../src/ports/task-ports.ts';
import type { BuildxSettings } from './buildx-settings.ts';

/** A small build of ours beside the user's. */
export interface MountStep {
  readonly dockerfile: string;
  readonly builder: string;
  /** One of the node whose mounts are meant. */
  readonly platform: Platform;
  /** Where its image is pushed; undefined: nowhere. */
  readonly pushedAs?: string;
}

/** How it went: what it printed, and buildx's last words where it failed. */
export interface MountOutcome {
  readonly lines: readonly string[];
  readonly failure?: string;
}

/** Gigabytes of packages take a while; a registry that hangs must not hold the job. */
const limitMs = 15 * 60_000;

/** Runs it in the namespace of the user's cache mounts. Nothing that goes wrong is thrown. */
export async function runMountStep(
  step: MountStep,
  request: BuildRequest,
  { buildx, environment }: BuildxSettings,
  { commands, clock }: Pick<TaskPorts, 'commands' | 'clock'>,
): Promise<MountOutcome> {
  const logs: LogChunk[] = [];
  const command: Command = {
    ...{ file: buildx.file, args: argumentsOf(step, request, clock.now()), env: environment },
    ...{ stdin: step.dockerfile, timeoutMs: limitMs },
  };
  const result = await commands.stream(command, (line) => {
    logs.push(...(parseProgressLine(line)?.logs ?? []));
  });
  const lines = Buffer.concat(logs.map(({ data }) => data))
    .toString('utf8')
    .split('\n');
  return succeeded(result) ? { lines } : { lines, failure: wordsOf(result) };
}

function argumentsOf(
  { builder, platform, pushedAs }: MountStep,
  request: BuildRequest,
  nonce: number,
): readonly string[] {
  const name = 'BUILDKIT_CACHE_MOUNT_NS';
  const all = [...request.buildArgs, ...madeBuildArgs(request, undefined)];
  const namespace = all.find((each) => each.name === name)?.value ?? '';
  // Quick to pack, and BuildKit itself is all that unpacks it.
  const pushed = `type=image,name=${pushedAs ?? ''},push=true,unpack=false,oci-mediatypes=true,compression=zstd`;
  return [
    ...['build', '--builder', builder, '--progress=rawjson', '--provenance=false', '--sbom=false'],
    ...['--platform', formatPlatform(platform), '--build-arg', `${name}=${namespace}`],
    ...['--build-arg', `NONCE=${nonce}`],
    ...['--output', pushedAs === undefined ? 'type=cacheonly' : pushed, '-'],
  ];
}

function wordsOf({ stderr, ending }: CommandResult): string {
  const error = stderr.split('\n').findLast((line) => line.startsWith('ERROR: '));
  return error?.slice('ERROR: '.length) ?? `buildx ended otherwise (${ending.kind})`;
}
