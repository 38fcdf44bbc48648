import { type Platform, formatPlatform } from '../platform/platform.ts';
import type { TargetDefinition } from './bake-definition.ts';

type Definitions = Readonly<Record<string, TargetDefinition>>;

/**
 * With the platforms that were asked for in all targets, as `--set *.platform=…` does. Without them a target that names
 * none gets those of the targets that are made from it: buildx builds it for the builder's own platform alone, and that goes
 * into the images of all platforms without a word (buildx 0.36: an arm64 image on an amd64 base).
 */
export function withPlatforms(
  definitions: Definitions,
  wanted: readonly Platform[],
): Record<string, TargetDefinition> {
  const asked = wanted.map(formatPlatform);
  const settled = Object.entries(definitions).map(([name, own]) => {
    const platforms = asked.length > 0 ? asked : platformsOf(name, definitions);
    return [name, platforms.length === 0 ? own : { ...own, platforms: [...platforms] }] as const;
  });
  return Object.fromEntries(settled);
}

function platformsOf(
  name: string,
  definitions: Definitions,
  seen: readonly string[] = [],
): readonly string[] {
  const own = definitions[name]?.platforms ?? [];
  if (own.length > 0 || seen.includes(name)) return own;
  const users = Object.entries(definitions).filter(([, { contexts = {} }]) =>
    Object.values(contexts).includes(`target:${name}`),
  );
  const all = users.flatMap(([user]) => platformsOf(user, definitions, [...seen, name]));
  return [...new Set(all)];
}
