import type { ListedBuilder } from '../../src/core/buildx/ls-output.ts';
import { nodePlatforms } from '../../src/core/platform/builder-platforms.ts';
import type { Attached } from './attach-with-failover.ts';
import type { ChosenNode } from './choose-nodes.ts';

/** One entry of the `nodes` output, and one row of the table. */
export interface PublishedNode {
  readonly name: string;
  readonly replica: string;
  readonly endpoint: string;
  readonly platforms: readonly string[];
  readonly emulatedPlatforms: readonly string[];
  readonly buildkitVersion: string;
  /** The daemon's machine or pod; '' when it does not say. */
  readonly hostname: string;
  /** Place in the routing's order, from 1. */
  readonly rank: number;
  readonly reason: string;
  /** Undefined when unknown, as the next two. */
  readonly runningBuilds?: number;
  /** Bytes. */
  readonly cacheSize?: number;
  readonly cacheLimit?: number;
}

/** What is known of the attached nodes; of daemons that only buildx has looked at, what it lists. */
export function publishedNodes(
  { nodes, builder }: Attached,
  cacheSizes: ReadonlyMap<string, number>,
): readonly PublishedNode[] {
  return nodes.map((node) => {
    const { replica, rank, reason } = node.choice;
    const listed = builder?.Nodes.find(({ Name }) => Name === node.name);
    const platforms = platformsOf(node, listed);
    const version = replica.facts?.version || listed?.Version || '';
    const { url } = replica.endpoint;
    const cacheSize = cacheSizes.get(url);
    return {
      name: node.name,
      replica: replica.name,
      endpoint: url,
      platforms: platforms.map(({ name }) => name),
      emulatedPlatforms: platforms.filter((one) => one.isEmulated).map(({ name }) => name),
      buildkitVersion: version.replace(/^v/, ''),
      hostname: replica.facts?.hostname ?? '',
      rank,
      reason,
      ...known('runningBuilds', replica.facts?.runningBuilds),
      ...known('cacheSize', cacheSize),
      ...known('cacheLimit', replica.facts?.cacheLimit),
    };
  });
}

function platformsOf(
  { platforms: declared, choice }: ChosenNode,
  listed: ListedBuilder['Nodes'][number] | undefined,
) {
  const asked = choice.replica.facts?.platforms ?? [];
  return nodePlatforms({
    ofDaemon: asked.length > 0 ? asked : (listed?.Platforms ?? []),
    declared,
  });
}

function known<K extends string>(name: K, value: number | undefined): Partial<Record<K, number>> {
  return value === undefined ? {} : ({ [name]: value } as Record<K, number>);
}
