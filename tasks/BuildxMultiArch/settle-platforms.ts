import { isMixed, withOwnPlatform } from '../../src/core/bake/own-platform.ts';
import { samePlatform } from '../../src/core/platform/platform.ts';
import type { ChosenBuilder } from './choose-builder.ts';
import type { KnownRequest } from './make-plan.ts';

/** A request with the builder that runs it. */
export interface SettledRequest {
  readonly known: KnownRequest;
  readonly builder: ChosenBuilder;
}

/**
 * What a bake leaves to its builder, said: a target without platforms, beside some that have them, is built for the
 * builder's own. Otherwise one build would have to make all of them, into one cache for all platforms.
 */
export function settlePlatforms(known: KnownRequest, builder: ChosenBuilder): SettledRequest {
  const { bake } = known;
  const { own, platforms } = builder;
  if (bake === undefined || own === undefined || !isMixed(bake)) return { known, builder };
  const isNew = !platforms.some(({ platform }) => samePlatform(platform, own.platform));
  return {
    known: { ...known, bake: withOwnPlatform(bake, own.platform) },
    builder: isNew ? { ...builder, platforms: [...platforms, own] } : builder,
  };
}
