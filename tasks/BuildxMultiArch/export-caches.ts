import type { BuildCommand } from '../../src/core/buildx/build-args.ts';
import { type CacheTrouble, cacheTrouble } from '../../src/core/buildx/cache-trouble.ts';
import { parseProgressLine } from '../../src/core/buildx/rawjson.ts';
import { VertexTable } from '../../src/core/buildx/vertex-table.ts';
import { succeeded } from '../../src/core/command-failure.ts';
import type { CommandResult } from '../../src/core/command.ts';
import { formatSeconds } from '../../src/core/text/measures.ts';
import type { TaskPorts } from '../../src/ports/task-ports.ts';
import type { BuildxSettings } from './buildx-settings.ts';
import { describeCommand } from './explain-plan.ts';
import type { BuildPart, BuildPlan } from './planned-parts.ts';

/** Layers of gigabytes take a while; a registry that hangs must not hold the job. */
const exportLimitMs = 30 * 60_000;

/**
 * Writes the caches of a build that is pushed already, all platforms at once. Nothing of it is worse than a
 * trouble; a cancelled step leaves it.
 */
export async function exportCaches(
  { parts }: BuildPlan,
  settings: BuildxSettings,
  ports: TaskPorts,
): Promise<readonly CacheTrouble[]> {
  const exports = parts.flatMap((part) =>
    part.cacheExport === undefined ? [] : [{ part, command: part.cacheExport }],
  );
  if (exports.length === 0) return [];
  const { host, clock, cancellation } = ports;
  return host.group('Cache', async () => {
    const begin = clock.now();
    const troubles = await Promise.all(
      exports.map(({ part, command }) => exportCache(part, command, settings, ports)),
    );
    if (cancellation.aborted) {
      host.info('Cache not written: the step was cancelled.');
      return [];
    }
    const state = troubles.flat().length === 0 ? 'Cache written' : 'Cache not written';
    host.info(`${state} after ${formatSeconds(clock.now() - begin)}`);
    return troubles.flat();
  });
}

async function exportCache(
  part: BuildPart,
  command: BuildCommand,
  { buildx, environment }: BuildxSettings,
  { host, commands }: TaskPorts,
): Promise<readonly CacheTrouble[]> {
  host.info(describeCommand(buildx.file, environment, { ...part, command }));
  const { args, env, cwd } = command;
  const table = new VertexTable();
  const result = await commands.stream(
    {
      ...{ file: buildx.file, args, env: { ...environment, ...env }, timeoutMs: exportLimitMs },
      ...(cwd === undefined ? {} : { cwd }),
    },
    (line) => {
      const event = parseProgressLine(line);
      if (event !== undefined) table.accept(event);
    },
  );
  if (!succeeded(result)) return [failed(part, result)];
  const troubles = table.all.flatMap((vertex) => cacheTrouble(vertex) ?? []);
  return troubles.filter(({ kind }) => kind === 'export-failed');
}

function failed({ caches }: BuildPart, { ending, stderr }: CommandResult): CacheTrouble {
  const error = stderr
    .split('\n')
    .findLast((line) => line.startsWith('ERROR: '))
    ?.slice('ERROR: '.length);
  const message = error ?? `buildx ended otherwise (${ending.kind})`;
  return {
    kind: 'export-failed',
    cache: caches.flatMap(({ to }) => to ?? [])[0] ?? 'cacheTo',
    message,
  };
}
