import type { NamedNode } from '../../src/core/buildkit/platform-problems.ts';
import type { ListedBuilder } from '../../src/core/buildx/ls-output.ts';
import { nodePlatforms } from '../../src/core/platform/builder-platforms.ts';
import type { PublishedNode } from './published-nodes.ts';

/** What each pod can build. */
export function podPlatforms(listed: ListedBuilder | undefined): readonly NamedNode[] {
  return (listed?.Nodes ?? []).map(({ Endpoint, Platforms }) => ({
    url: Endpoint,
    // buildx marks platforms that were asked for with a star.
    ofDaemon: Platforms.map((name) => name.replace('*', '')),
    declared: [],
  }));
}

/** The pods of the Kubernetes driver, as buildx lists them. */
export function publishedPods(builder: ListedBuilder | undefined): readonly PublishedNode[] {
  if (builder === undefined) return [];
  return builder.Nodes.map((node) => {
    const platforms = podPlatforms({ ...builder, Nodes: [node] }).flatMap(nodePlatforms);
    return {
      name: node.Name,
      replica: node.Name,
      endpoint: node.Endpoint,
      platforms: platforms.map(({ name }) => name),
      emulatedPlatforms: platforms.filter((one) => one.isEmulated).map(({ name }) => name),
      buildkitVersion: node.Version.replace(/^v/, ''),
      hostname: node.Name,
      rank: 1,
      reason: "buildx chooses among the pods by the context's path",
    };
  });
}
