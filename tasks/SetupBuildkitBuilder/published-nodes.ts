import { nodePlatforms } from '../../src/core/platform/builder-platforms.ts';
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

/** What is known of the attached nodes. */
export function publishedNodes(
  nodes: readonly ChosenNode[],
  cacheSizes: ReadonlyMap<string, number>,
): readonly PublishedNode[] {
  return nodes.map((node) => {
    const { replica, rank, reason } = node.choice;
    const platforms = nodePlatforms({
      ofDaemon: replica.facts?.platforms ?? [],
      declared: node.platforms,
    });
    const { url } = replica.endpoint;
    const cacheSize = cacheSizes.get(url);
    return {
      name: node.name,
      replica: replica.name,
      endpoint: url,
      platforms: platforms.map(({ name }) => name),
      emulatedPlatforms: platforms.filter((one) => one.isEmulated).map(({ name }) => name),
      buildkitVersion: (replica.facts?.version ?? '').replace(/^v/, ''),
      hostname: replica.facts?.hostname ?? '',
      rank,
      reason,
      ...known('runningBuilds', replica.facts?.runningBuilds),
      ...known('cacheSize', cacheSize),
      ...known('cacheLimit', replica.facts?.cacheLimit),
    };
  });
}

function known<K extends string>(name: K, value: number | undefined): Partial<Record<K, number>> {
  return value === undefined ? {} : ({ [name]: value } as Record<K, number>);
}
