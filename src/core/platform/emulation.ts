import { type Platform, parsePlatform, samePlatform } from './platform.ts';

/** A platform of a build, and whether the builder's machine runs it without QEMU. */
export interface BuildPlatform {
  readonly platform: Platform;
  readonly isEmulated: boolean;
}

/** What a machine of the first architecture runs as well, without help. */
const alsoNative: Readonly<Record<string, readonly string[]>> = { amd64: ['386'], arm64: ['arm'] };

/**
 * The platforms asked for, of what the nodes of a builder list; a node lists its own first (buildkit,
 * util/archutil). Undefined where no node has one. Without a wish it is the first node's own.
 */
export function platformsOn(
  nodes: readonly (readonly string[])[],
  wanted: readonly Platform[],
): readonly (BuildPlatform | undefined)[] {
  const known = nodes.map((names) => names.flatMap((name) => parsePlatform(name) ?? []));
  const own = known[0]?.[0];
  if (wanted.length === 0)
    return [own === undefined ? undefined : { platform: own, isEmulated: false }];
  return wanted.map((platform) => {
    const having = known.filter((list) => list.some((one) => samePlatform(one, platform)));
    if (having.length === 0) return undefined;
    return { platform, isEmulated: !having.some(([first]) => isNativeTo(first, platform)) };
  });
}

/** Whether a machine runs it without QEMU. */
export function isNativeTo(machine: Platform | undefined, { os, architecture }: Platform): boolean {
  if (machine?.os !== os) return false;
  const also = alsoNative[machine.architecture] ?? [];
  return machine.architecture === architecture || also.includes(architecture);
}
