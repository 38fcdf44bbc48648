import { type Platform, formatPlatform } from '../platform/platform.ts';
import type { Bake } from './baked-targets.ts';

/** Whether some targets name platforms, and some leave them to the builder. */
export function isMixed({ targets }: Bake): boolean {
  const open = targets.filter(({ platforms }) => platforms.length === 0);
  return open.length > 0 && open.length < targets.length;
}

/**
 * With the platform that the builder takes where none is named. So each target's are known, and each platform can be built
 * by itself.
 */
export function withOwnPlatform({ targets, linked }: Bake, own: Platform): Bake {
  const platforms = [formatPlatform(own)];
  return {
    targets: targets.map((target) =>
      target.platforms.length > 0 ? target : { ...target, platforms: [own] },
    ),
    linked: Object.fromEntries(
      Object.entries(linked).map(([name, definition]) => [name, { platforms, ...definition }]),
    ),
  };
}
