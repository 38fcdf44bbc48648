import { type Platform, parsePlatform, samePlatform } from './platform.ts';

/** A platform of a build, and whether the builder's machine runs it without QEMU. */
export interface BuildPlatform {
  readonly platform: Platform;
  /** Which of the builder's nodes builds it, from 0. */
  readonly node: number;
  readonly isEmulated: boolean;
}

/** What a machine of the first architecture runs as well, without help. */
const alsoNative: Readonly<Record<string, readonly string[]>> = { amd64: ['386'], arm64: ['arm'] };

/** What is known of a node's platforms. */
export interface NodeFacts {
  /** As `buildx ls` lists them: those declared for the node first, then its daemon's. */
  readonly platforms: readonly string[];
  /** The platform of its machine, where the daemon was asked; else it is taken to be the first one. */
  readonly machine?: string | undefined;
}

/**
 * The platforms asked for, each on the node that has it first in its list, as that is where it was declared or is native.
 * Undefined where no node has one. Without a wish it is the first node's own.
 */
export function platformsOn(
  nodes: readonly NodeFacts[],
  wanted: readonly Platform[],
): readonly (BuildPlatform | undefined)[] {
  const known = nodes.map(({ platforms }) =>
    platforms.flatMap((name) => parsePlatform(name) ?? []),
  );
  const [own] = known[0] ?? [];
  const asked = wanted.length === 0 && own !== undefined ? [own] : wanted;
  if (asked.length === 0) return [undefined];
  return asked.map((platform) => {
    const node = nodeFor(platform, known);
    const facts = node === undefined ? undefined : nodes[node];
    if (node === undefined || facts === undefined) return undefined;
    const machine = parsePlatform(facts.machine ?? '') ?? known[node]?.[0];
    return { platform, node, isEmulated: !isNativeTo(machine, platform) };
  });
}

function nodeFor(platform: Platform, known: readonly (readonly Platform[])[]): number | undefined {
  const places = known
    .map((list, node) => ({ node, at: list.findIndex((one) => samePlatform(one, platform)) }))
    .filter(({ at }) => at >= 0)
    .sort((a, b) => a.at - b.at);
  return places[0]?.node;
}

/** Whether a machine runs it without QEMU. */
export function isNativeTo(machine: Platform | undefined, { os, architecture }: Platform): boolean {
  if (machine?.os !== os) return false;
  const also = alsoNative[machine.architecture] ?? [];
  return machine.architecture === architecture || also.includes(architecture);
}
