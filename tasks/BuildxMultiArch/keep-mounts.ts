import { type CacheMount, ownedAsIn, unknownMounts } from '../../src/core/cache/cache-mounts.ts';
import { type SavedMounts, savedMounts } from '../../src/core/cache/saved-mounts.ts';
import { mountsIn } from '../../src/core/context/dockerfile-mounts.ts';
import type { CacheShare } from '../../src/core/buildx/progress.ts';
import type { Platform } from '../../src/core/platform/platform.ts';
import type { TaskPorts } from '../../src/ports/task-ports.ts';
import type { BuildxSettings } from './buildx-settings.ts';
import type { ChosenBuilder } from './choose-builder.ts';
import { restoreOn, saveOn } from './move-mounts.ts';
import { type BuildPlan, imageNameOf } from './planned-parts.ts';

/** What is built on what. */
export interface Keeping {
  readonly plan: BuildPlan;
  readonly builder: ChosenBuilder;
  readonly settings: BuildxSettings;
}

/** The mounts of one node, and where they are saved. */
export interface NodeMounts extends SavedMounts {
  readonly node: string;
  readonly platform: Platform;
  readonly image: string;
  readonly mounts: readonly CacheMount[];
}

/** Before a build: fills cache mounts that are empty on their daemon from what an earlier run saved. Never fails. */
export async function restoreMounts(keeping: Keeping, ports: TaskPorts): Promise<void> {
  const all = await mountsOf(keeping, ports);
  if (all.length === 0) return;
  await ports.host.group('Cache mounts', async () => {
    await Promise.all(all.map((one) => restoreOn(one, keeping, ports)));
  });
}

/** After a build that went well: saves them, where this run may write caches. Never fails. */
export async function saveMounts(
  keeping: Keeping,
  { cached, reached }: CacheShare,
  ports: TaskPorts,
): Promise<void> {
  const all = await mountsOf(keeping, ports);
  if (all.length === 0) return;
  const why = cached === reached ? 'no step ran' : all[0]?.notWritten;
  if (why !== undefined) {
    ports.host.info(`Cache mounts: not saved, because ${why}.`);
    return;
  }
  await ports.host.group('Cache mounts', async () => {
    await Promise.all(all.map((one) => saveOn(one, keeping, ports)));
  });
}

async function mountsOf(
  { plan, builder }: Keeping,
  ports: TaskPorts,
): Promise<readonly NodeMounts[]> {
  const { request } = plan;
  const { cache } = request;
  if (cache === undefined || cache.mounts.length === 0) return [];
  const texts = await Promise.all(
    plan.images.map(({ dockerfile = '' }) => ports.files.readText(dockerfile)),
  );
  const inline = request.sources.dockerfileText ?? '';
  const found = mountsIn([inline, ...texts.map((text) => text ?? '')].join('\n'));
  const mounts = cache.mounts.map((mount) => ownedAsIn(mount, found));
  const unknown = request.bake === undefined ? unknownMounts(mounts, found) : undefined;
  if (unknown !== undefined) ports.host.warning(`cacheMounts: ${unknown}.`);
  return builder.nodes.flatMap(({ name }, at) => {
    const own = builder.platforms.filter(({ node }) => node === at);
    const platform = (own.find(({ isEmulated }) => !isEmulated) ?? own[0])?.platform;
    if (platform === undefined) return [];
    const { isPushed } = request.image;
    const { source } = request.run;
    const build = { image: imageNameOf(request), platforms: [platform], source, isPushed };
    const saved = savedMounts(cache, build);
    return [{ node: name, platform, image: cache.mountImage, mounts, ...saved }];
  });
}
