import { type Platform, formatPlatform, samePlatform } from '../platform/platform.ts';
import type { TargetDefinition } from './bake-definition.ts';
import type { Bake, BakedTarget } from './baked-targets.ts';

/** As buildx has a target that is not asked for. */
const unpublished = { tags: [], output: [{ type: 'cacheonly' }], 'cache-to': [] };

/** The part of a bake that one platform is built by; targets of others stay as what its own may be made from. */
export function bakeForPlatform({ targets, linked }: Bake, platform: Platform): Bake {
  const isIts = (target: BakedTarget): boolean =>
    target.platforms.some((one) => samePlatform(one, platform));
  const others = targets
    .filter((target) => !isIts(target))
    .map(({ name, definition }) => [name, { ...definition, ...unpublished }] as const);
  const restricted = Object.entries(linked).map(
    ([name, own]) => [name, restrictedTo(own, platform)] as const,
  );
  return {
    targets: targets.filter(isIts).map((target) => ({ ...target, platforms: [platform] })),
    linked: Object.fromEntries([...others, ...restricted]),
  };
}

/** Where the target has it at all. */
function restrictedTo(own: TargetDefinition, platform: Platform): TargetDefinition {
  const name = formatPlatform(platform);
  return own.platforms?.includes(name) === true ? { ...own, platforms: [name] } : own;
}
