import { buildCommand } from '../../src/core/buildx/build-args.ts';
import { loadRequest, loadedPlatform } from '../../src/core/buildx/load-request.ts';
import { noCache } from '../../src/core/cache/registry-cache.ts';
import type { Command } from '../../src/core/command.ts';
import { UserError } from '../../src/core/errors.ts';
import { canonicalName } from '../../src/core/image/reference.ts';
import { taggedReference } from '../../src/core/image/tags.ts';
import { type Platform, formatPlatform } from '../../src/core/platform/platform.ts';
import { formatSeconds } from '../../src/core/text/measures.ts';
import type { TaskPorts } from '../../src/ports/task-ports.ts';
import type { EndedBuild } from './ended-build.ts';
import type { PlatformImages } from './find-images.ts';
import { runLoad } from './run-load.ts';
import type { StepPaths } from './step-paths.ts';

/** Long enough for gigabytes: the file comes over the network from the daemon. */
const limitMs = 1_800_000;
const answerLimitMs = 60_000;

/**
 * Brings the image into Podman's store under its names, and makes sure that it is the one that was pushed.
 * @param images what the registry has; empty when nothing was pushed
 * @throws UserError, CommandFailedError, CancelledError
 */
export async function loadImage(
  build: EndedBuild,
  images: PlatformImages,
  paths: StepPaths,
  ports: TaskPorts,
): Promise<void> {
  const { host, clock } = ports;
  const platform = platformOf(build);
  const startedAtMs = clock.now();
  const id = await host.group('Load into Podman', async () => {
    await runLoad(exportCommand(build, platform, paths), ports);
    return loadFile(build, paths.imageFile, ports);
  });
  const pushed =
    platform === undefined ? undefined : images[formatPlatform(platform)]?.configDigest;
  if (pushed !== undefined && pushed !== id) throw anotherImage(id, pushed);
  const proof = pushed === undefined ? '' : ', the very image that was pushed';
  host.info(`Loaded into Podman in ${formatSeconds(clock.now() - startedAtMs)}: ${id}${proof}`);
}

/** The inputs were checked; with no platform among them it is the builder's. */
function platformOf({ builder, plan }: EndedBuild): Platform | undefined {
  const platforms = builder.platforms.map(({ platform }) => platform);
  const found = loadedPlatform(platforms, plan.request.run.machine);
  if (!found.ok) throw new UserError(found.problems);
  return found.value;
}

function exportCommand(
  { plan, builder, settings }: EndedBuild,
  platform: Platform | undefined,
  paths: StepPaths,
): Command {
  const metadataFile = `${paths.imageFile}.json`;
  // The folder that the build has sent: the daemon knows its files already.
  const context = plan.parts[0]?.command.args.at(-1) ?? plan.request.sources.context;
  const place = { ...paths, builder: builder.name, metadataFile, platformCount: 1, context };
  const request = loadRequest(plan.request, platform, paths.imageFile);
  const { args, env } = buildCommand(request, noCache, place);
  // Nobody watches it: of what goes wrong the last lines are enough.
  const quiet = args.map((arg) => (arg === '--progress=rawjson' ? '--progress=quiet' : arg));
  const environment = { ...settings.environment, ...env };
  return { file: settings.buildx.file, args: quiet, env: environment, timeoutMs: limitMs };
}

/** Returns the id of the image, which is the digest of its configuration. */
async function loadFile({ plan }: EndedBuild, file: string, ports: TaskPorts): Promise<string> {
  const [image] = plan.request.image.references;
  if (image === undefined) throw new Error('An image that is loaded has a name.');
  const load = ['load', '--quiet', '--input', file];
  // Cut off half-way it leaves layers behind.
  await runLoad({ file: 'podman', args: load, timeoutMs: limitMs, onCancel: 'finish' }, ports);
  const name = taggedReference({ ...image, name: canonicalName(image.name) });
  const args = ['image', 'inspect', '--format', '{{.Id}}', name];
  const text = await runLoad({ file: 'podman', args, timeoutMs: answerLimitMs }, ports);
  return `sha256:${text.trim().replace(/^sha256:/, '')}`;
}

function anotherImage(id: string, pushed: string): UserError {
  return new UserError([
    {
      where: 'load',
      what: `Podman has the image ${id}, and ${pushed} was pushed: the build gave another result the second time.`,
      change:
        'The daemon has thrown away its cache between both; give it more disk, or pull the pushed image instead.',
    },
  ]);
}
