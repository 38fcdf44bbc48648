import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Playground } from '../../scripts/lib/playground/options.ts';
import { registryConfig } from '../../scripts/lib/playground/registry-config.ts';
import { startPlayground } from '../../scripts/lib/playground/start-playground.ts';
import { toolPath } from '../../scripts/lib/toolchain/tool-path.ts';
import { builtTasks } from './built-tasks.ts';
import { pushImage } from './pushed-images.ts';
import { mustRun } from './run-tool.ts';
import { digestIn } from './whole-images.ts';

/** Registries over one storage, which hold images that real builds have pushed. */
export interface PrunedGround {
  readonly playground: Playground;
  readonly storageDir: string;
  /** e.g. `http://localhost:40123`. */
  readonly origin: string;
  /** Builds and pushes an image for two platforms with provenance. */
  build(image: Image): Promise<void>;
  /** `buildx imagetools`. */
  imagetools(...args: readonly string[]): Promise<string>;
  /** As the registry's own command, beside the daemon: nobody uploads. */
  collectGarbage(): Promise<void>;
  stop(): Promise<void>;
}

export interface Image {
  readonly repository: string;
  readonly tag: string;
  /** Milliseconds; the time that the build gives its configuration. */
  readonly made?: number;
  /** Time of the index, as an annotation. */
  readonly annotated?: number;
  /** Tag in `shop/cache` that the layers are written to. */
  readonly cache?: string;
}

export const credentials = { username: 'pruner', password: 'corr3ct-h0rse' };

const dockerfile = `FROM scratch
COPY base /base
ARG TARGETARCH
COPY app-$TARGETARCH /app
`;

export async function startPrunedGround(): Promise<PrunedGround> {
  const folder = await mkdtemp(join(tmpdir(), 'prune-'));
  const storageDir = join(folder, 'storage');
  await builtTasks();
  const playground = await startPlayground({
    stateDir: join(folder, 'playground'),
    builders: [{ name: 'main' }],
    registries: [
      { name: 'open', storageDir },
      { name: 'guarded', storageDir, credentials },
      { name: 'frozen', storageDir, deletes: false },
    ],
  });
  const { host } = playground.registry('open');
  const environment = { ...playground.environment, BUILDX_CONFIG: join(folder, 'buildx') };
  const buildx = (...args: readonly string[]): Promise<string> =>
    mustRun(['buildx', ...args], environment);
  const { address } = playground.builder('main');
  await buildx('create', '--driver', 'remote', '--name', 'main', address);
  const configFile = join(folder, 'collect.yml');
  await writeFile(configFile, registryConfig({ port: 0, storageDir }));
  return {
    ...{ playground, storageDir, origin: `http://${host}` },
    build: async (image) => {
      const context = await sources(folder, image.tag);
      await buildx('build', '--builder', 'main', ...buildArgs(image, host), context);
    },
    imagetools: (...args) => buildx('imagetools', ...args),
    collectGarbage: async () => {
      const registry = toolPath('registry');
      await mustRun([registry, 'garbage-collect', '--quiet', configFile], environment);
    },
    stop: async () => {
      await playground.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

function buildArgs(
  { repository, tag, made, annotated, cache }: Image,
  host: string,
): readonly string[] {
  const created = new Date(annotated ?? 0).toISOString();
  return [
    ...['--platform', 'linux/amd64,linux/arm64', '--push', '--provenance', 'mode=min'],
    ...['--tag', `${host}/${repository}:${tag}`],
    ...(made === undefined ? [] : ['--build-arg', `SOURCE_DATE_EPOCH=${Math.floor(made / 1000)}`]),
    ...(annotated === undefined
      ? []
      : ['--annotation', `index:org.opencontainers.image.created=${created}`]),
    ...(cache === undefined
      ? []
      : ['--cache-to', `type=registry,mode=max,ref=${host}/shop/cache:${cache}`]),
  ];
}

/** One file that all images share, and one for each platform that no other image has. */
async function sources(folder: string, tag: string): Promise<string> {
  const context = join(folder, 'sources', tag);
  await mkdir(context, { recursive: true });
  await writeFile(join(context, 'Dockerfile'), dockerfile);
  await writeFile(join(context, 'base'), 'x'.repeat(100_000));
  for (const architecture of ['amd64', 'arm64']) {
    await writeFile(join(context, `app-${architecture}`), `${tag} for ${architecture}\n`);
  }
  return context;
}

/** A signature as cosign pushes it: an image under a tag that is made of the other's digest. */
export async function sign(origin: string, repository: string, tag: string): Promise<string> {
  const digest = (await digestIn(origin, repository, tag)) ?? '';
  const signature = `${digest.replace(':', '-')}.sig`;
  await pushImage(origin, repository, signature);
  return signature;
}
