import { succeeded } from '../../src/core/command-failure.ts';
import { imageManifest } from '../../src/core/image/image-manifest.ts';
import { platformDigests } from '../../src/core/image/index-manifest.ts';
import { formatPlatform } from '../../src/core/platform/platform.ts';
import type { TaskHost } from '../../src/ports/task-host.ts';
import type { TaskPorts } from '../../src/ports/task-ports.ts';
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

type Ask = (digest: string) => Promise<string | undefined>;

const answerLimitMs = 60_000;

/** Asks the registry for the manifests behind the digest; what it does not tell is left out with a warning. */
export async function findImages(
  { images: planned, request }: BuildPlan,
  { metadata }: BuildOutcome,
  builder: ChosenBuilder,
  settings: BuildxSettings,
  ports: Pick<TaskPorts, 'host' | 'commands'>,
): Promise<PlatformImages> {
  const [image] = planned[0]?.references ?? [];
  const { digest } = metadata;
  if (!request.image.isPushed || image === undefined || digest === undefined) return {};
  const ask = asker(image.name, settings, ports);
  const top = await ask(digest);
  if (top === undefined) return published({}, ports.host);
  const digests = Object.entries(platformDigests(top) ?? ofOnePlatform(builder, digest));
  const images = digests.map(async ([platform, own]): Promise<[string, PlatformImage]> => {
    const manifest = imageManifest((own === digest ? top : await ask(own)) ?? '');
    return [platform, { digest: own, ...manifest }];
  });
  return published(Object.fromEntries(await Promise.all(images)), ports.host);
}

function asker(
  name: string,
  { buildx, environment }: BuildxSettings,
  { host, commands }: Pick<TaskPorts, 'host' | 'commands'>,
): Ask {
  return async (digest) => {
    const result = await commands.run({
      file: buildx.file,
      args: ['imagetools', 'inspect', '--raw', `${name}@${digest}`],
      env: environment,
      timeoutMs: answerLimitMs,
    });
    if (succeeded(result)) return result.stdout;
    host.warning(
      `The outputs "digests" and "sizes" are not whole: ${result.stderr.trim() || 'no answer'}`,
    );
    return undefined;
  };
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
