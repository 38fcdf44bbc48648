import { formatBytes } from '../../src/core/text/measures.ts';
import { table } from '../../src/core/text/table.ts';
import type { TaskHost } from '../../src/ports/task-host.ts';
import type { PublishedNode } from './published-nodes.ts';

/** A builder that later steps can use. */
export interface PublishedBuilder {
  readonly name: string;
  readonly driver: 'remote' | 'kubernetes';
  /** BUILDX_CONFIG. */
  readonly store: string;
  readonly buildxVersion: string;
  readonly nodes: readonly PublishedNode[];
  readonly setDefault: boolean;
}

/** Tells later steps, and people, which builder they have. */
export async function publishBuilder(builder: PublishedBuilder, host: TaskHost): Promise<void> {
  setOutputs(builder, host);
  if (builder.setDefault) {
    host.setVariable('BUILDX_BUILDER', builder.name);
    host.setVariable('BUILDX_CONFIG', builder.store);
  }
  await host.group(`Builder ${builder.name}, buildx ${builder.buildxVersion}`, () => {
    describeNodes(builder.nodes).forEach((line) => {
      host.info(line);
    });
    return Promise.resolve();
  });
}

function setOutputs(
  { name, driver, store, buildxVersion, nodes }: PublishedBuilder,
  host: TaskHost,
) {
  const list = (of: (node: PublishedNode) => readonly string[]): string =>
    [...new Set(nodes.flatMap(of))].join(',');
  const [first] = nodes;
  const native = nodes.flatMap((node) =>
    node.platforms.filter((platform) => !node.emulatedPlatforms.includes(platform)),
  );
  const outputs = {
    builderName: name,
    driver,
    endpoint: first?.endpoint ?? '',
    replica: list(({ replica }) => [replica]),
    platforms: list(({ platforms }) => platforms),
    emulatedPlatforms: list(({ emulatedPlatforms }) =>
      emulatedPlatforms.filter((platform) => !native.includes(platform)),
    ),
    buildkitVersion: first?.buildkitVersion ?? '',
    buildxVersion,
    buildxConfig: store,
    nodes: JSON.stringify(nodes),
  };
  for (const [output, value] of Object.entries(outputs)) host.setOutput(output, value);
}

/** A table, then the platforms, which would make it too wide. */
function describeNodes(nodes: readonly PublishedNode[]): readonly string[] {
  const heading = ['node', 'endpoint', 'BuildKit', 'machine', 'cache', 'running builds'];
  const rows = nodes.map((node) => [
    node.name,
    node.endpoint,
    node.buildkitVersion,
    node.hostname || '?',
    describeCache(node),
    String(node.runningBuilds ?? '?'),
  ]);
  return [...table([heading, ...rows]), ...nodes.map(describePlatforms)];
}

function describeCache({ cacheSize, cacheLimit }: PublishedNode): string {
  const size = cacheSize === undefined ? '?' : formatBytes(cacheSize);
  return cacheLimit === undefined ? size : `${size} of ${formatBytes(cacheLimit)}`;
}

function describePlatforms({ name, platforms, emulatedPlatforms }: PublishedNode): string {
  const native = platforms.filter((platform) => !emulatedPlatforms.includes(platform));
  const emulated = emulatedPlatforms.length === 0 ? 'none' : emulatedPlatforms.join(', ');
  return `${name}: native ${native.join(', ') || 'none'}; emulated ${emulated}`;
}
