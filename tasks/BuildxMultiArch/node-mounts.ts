import { type CacheMount, ownedAsIn, unknownMounts } from '../../src/core/cache/cache-mounts.ts';
import { type SavedMounts, savedMounts } from '../../src/core/cache/saved-mounts.ts';
import { mountsIn } from '../../src/core/context/dockerfile-mounts.ts';
import type { Platform } from '../../src/core/platform/platform.ts';
import type { TaskPorts } from '../../src/ports/task-ports.ts';
import type { BuildxSettings } from './buildx-settings.ts';
import type { ChosenBuilder } from './choose-builder.ts';
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
  /** What to say of those that the Dockerfile does not have. */
  readonly unknown: string | undefined;
}

/** Of each node that builds; none where no mounts are to be kept. */
export async function mountsOf(
  { plan, builder }: Keeping,
  ports: TaskPorts,
): Promise<readonly NodeMounts[]> {
  const { request } = plan;
  const { cache } = request;
  if (cache === undefined || cache.mounts.length === 0) return [];
  const texts = await Promise.all(plan.dockerfiles.map(({ path }) => ports.files.readText(path)));
  const inline = request.sources.dockerfileText ?? '';
  const found = mountsIn([inline, ...texts.map((text) => text ?? '')].join('\n'));
  const mounts = cache.mounts.map((mount) => ownedAsIn(mount, found));
  const unknown = request.bake === undefined ? unknownMounts(mounts, found) : undefined;
  return builder.nodes.flatMap(({ name }, at) => {
    const own = builder.platforms.filter(({ node }) => node === at);
    const platform = (own.find(({ isEmulated }) => !isEmulated) ?? own[0])?.platform;
    if (platform === undefined) return [];
    const { isPushed } = request.image;
    const { source } = request.run;
    const build = { image: imageNameOf(request), platforms: [platform], source, isPushed };
    const saved = savedMounts(cache, build);
    return [{ node: name, platform, image: cache.mountImage, mounts, unknown, ...saved }];
  });
}
