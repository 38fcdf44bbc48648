import { isNativeTo } from './emulation.ts';
import { formatPlatform, parsePlatform } from './platform.ts';

/** What is known of one node. */
export interface NodePlatforms {
  /** What its daemon can build, its machine's own first; empty when the daemon was not asked. */
  readonly ofDaemon: readonly string[];
  /** What the node is to be used for; empty for all. */
  readonly declared: readonly string[];
}

export interface BuilderPlatform {
  /** In normal form, e.g. linux/arm64. */
  readonly name: string;
  readonly isEmulated: boolean;
}

/** What the builder builds, each platform once, in the nodes' order; native where one node has it natively. */
export function builderPlatforms(nodes: readonly NodePlatforms[]): readonly BuilderPlatform[] {
  const found = new Map<string, BuilderPlatform>();
  for (const platform of nodes.flatMap(nodePlatforms)) {
    const known = found.get(platform.name);
    if (known === undefined || known.isEmulated) found.set(platform.name, platform);
  }
  return [...found.values()];
}

/** What one node builds: of the declared platforms those its daemon can, else all the daemon's. */
export function nodePlatforms({ ofDaemon, declared }: NodePlatforms): readonly BuilderPlatform[] {
  const can = ofDaemon.flatMap((name) => parsePlatform(name) ?? []);
  const [machine] = can;
  if (machine === undefined) return declared.map((name) => ({ name, isEmulated: false }));
  return can
    .map((each) => ({ name: formatPlatform(each), isEmulated: !isNativeTo(machine, each) }))
    .filter(({ name }) => declared.length === 0 || declared.includes(name));
}
