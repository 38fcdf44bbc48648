import { join } from 'node:path/posix';
import { succeeded } from '../../src/core/command-failure.ts';
import { imageManifest } from '../../src/core/image/image-manifest.ts';
import { platformDigests } from '../../src/core/image/index-manifest.ts';
import { formatPlatform } from '../../src/core/platform/platform.ts';
import type { TaskHost } from '../../src/ports/task-host.ts';
import { type ManifestReader, manifestReader } from '../../src/workflows/read-manifest.ts';
import { agentsConfigFolder } from '../../src/workflows/registry-login.ts';
import type { BuildTaskPorts } from './build-task-ports.ts';
import type { BuildxSettings } from './buildx-settings.ts';
import type { ChosenBuilder } from './choose-builder.ts';
import type { BuildPlan } from './planned-parts.ts';
import type { BuildOutcome } from './run-build.ts';

/** One platform's part of what was pushed. */
export interface PlatformImage {
  readonly digest: string;
  /** Bytes as they are pulled; undefined when the registry did not tell. */
  readonly size?: number;
  /** By which image stores know it; undefined when the registry did not tell. */
  readonly configDigest?: string;
}

/** By platform; empty when nothing was pushed. */
export type PlatformImages = Readonly<Record<string, PlatformImage>>;

type Ports = Pick<BuildTaskPorts, 'host' | 'commands' | 'files' | 'http'>;

const answerLimitMs = 60_000;

/** Asks the registry for the manifests behind the digest; what it does not tell is left out with a warning. */
export async function findImages(
  { images: planned, request }: BuildPlan,
  { metadata }: BuildOutcome,
  builder: ChosenBuilder,
  settings: BuildxSettings,
  ports: Ports,
): Promise<PlatformImages> {
  const [image] = planned[0]?.references ?? [];
  const { digest } = metadata;
  if (!request.image.isPushed || image === undefined || digest === undefined) return {};
  const ask = await asker(image.name, settings, ports);
  const top = await ask(digest);
  if (top === undefined) return published({}, ports.host);
  const digests = Object.entries(platformDigests(top) ?? ofOnePlatform(builder, digest));
  const images = digests.map(async ([platform, own]): Promise<[string, PlatformImage]> => {
    const manifest = imageManifest((own === digest ? top : await ask(own)) ?? '');
    return [platform, { digest: own, ...manifest }];
  });
  return published(Object.fromEntries(await Promise.all(images)), ports.host);
}

/** The registry itself, which is quick; where this agent may not ask it so, buildx with all that it knows of logins. */
async function asker(
  name: string,
  settings: BuildxSettings,
  ports: Ports,
): Promise<ManifestReader> {
  const folder = settings.environment['DOCKER_CONFIG'] ?? agentsConfigFolder(ports.host);
  const config = await ports.files.readText(join(folder, 'config.json'));
  const read = manifestReader(name, config, ports);
  return async (digest) => (await read(digest)) ?? inspect(`${name}@${digest}`, settings, ports);
}

async function inspect(
  reference: string,
  { buildx, environment }: BuildxSettings,
  { host, commands }: Ports,
): Promise<string | undefined> {
  const result = await commands.run({
    file: buildx.file,
    args: ['imagetools', 'inspect', '--raw', reference],
    env: environment,
    timeoutMs: answerLimitMs,
  });
  if (succeeded(result)) return result.stdout;
  host.warning(
    `The outputs "digests" and "sizes" are not whole: ${result.stderr.trim() || 'no answer'}`,
  );
  return undefined;
}

function published(images: PlatformImages, host: TaskHost): PlatformImages {
  const entries = Object.entries(images);
  const sizes = entries.flatMap(([name, { size }]) => (size === undefined ? [] : [[name, size]]));
  host.setOutput('digests', json(entries.map(([name, { digest }]) => [name, digest])));
  host.setOutput('sizes', json(sizes));
  if (sizes.length > 0)
    host.setOutput('size', String(Math.max(...sizes.map(([, n]) => Number(n)))));
  return images;
}

function json(entries: readonly (readonly (string | number)[])[]): string {
  return JSON.stringify(Object.fromEntries(entries));
}

function ofOnePlatform(
  { platforms }: ChosenBuilder,
  digest: string,
): Readonly<Record<string, string>> {
  return Object.fromEntries(platforms.map(({ platform }) => [formatPlatform(platform), digest]));
}
