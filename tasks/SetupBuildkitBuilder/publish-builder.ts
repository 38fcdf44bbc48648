import { table } from '../../src/core/text/table.ts';
import type { DaemonFacts } from '../../src/ports/builder-probe.ts';
import type { TaskHost } from '../../src/ports/task-host.ts';
import type { Buildx } from '../../src/workflows/find-buildx.ts';
import type { Attachment } from './attachment.ts';

/** What was learnt while attaching. */
export interface Learnt {
  readonly buildx: Buildx;
  readonly facts: DaemonFacts;
}

/** One entry of the `nodes` output. */
interface PublishedNode {
  readonly name: string;
  readonly endpoint: string;
  readonly platforms: readonly string[];
  readonly buildkitVersion: string;
}

/** Tells later steps, and people, which builder they have. */
export async function publishBuilder(
  { builder, store }: Attachment,
  { buildx, facts }: Learnt,
  setDefault: boolean,
  host: TaskHost,
): Promise<void> {
  const node: PublishedNode = {
    name: builder.node,
    endpoint: builder.endpoint,
    platforms: facts.platforms,
    buildkitVersion: facts.version.replace(/^v/, ''),
  };
  setOutputs(
    node,
    { builderName: builder.name, buildxVersion: buildx.version, buildxConfig: store },
    host,
  );
  if (setDefault) {
    host.setVariable('BUILDX_BUILDER', builder.name);
    host.setVariable('BUILDX_CONFIG', store);
  }
  await showTable(builder.name, node, buildx, host);
}

function setOutputs(
  node: PublishedNode,
  others: Readonly<Record<'builderName' | 'buildxVersion' | 'buildxConfig', string>>,
  host: TaskHost,
): void {
  const outputs = {
    ...others,
    driver: 'remote',
    endpoint: node.endpoint,
    platforms: node.platforms.join(','),
    buildkitVersion: node.buildkitVersion,
    nodes: JSON.stringify([node]),
  };
  for (const [name, value] of Object.entries(outputs)) host.setOutput(name, value);
}

function showTable(
  builderName: string,
  node: PublishedNode,
  buildx: Buildx,
  host: TaskHost,
): Promise<void> {
  const rows = [
    ['node', 'endpoint', 'BuildKit', 'platforms'],
    [node.name, node.endpoint, node.buildkitVersion, node.platforms.join(', ')],
  ];
  return host.group(`Builder ${builderName}, buildx ${buildx.version}`, () => {
    table(rows).forEach((line) => {
      host.info(line);
    });
    return Promise.resolve();
  });
}
