import type { EndpointLine } from '../../src/core/buildkit/endpoint-line.ts';
import type { ReplicaGroup } from '../../src/core/buildkit/replica-groups.ts';
import { createCommands } from '../../src/core/buildx/create-args.ts';
import { quoteCommand } from '../../src/core/text/shell-quote.ts';
import type { Buildx } from '../../src/workflows/find-buildx.ts';
import { type AttachmentBasis, planNode, tlsLayout } from './attachment.ts';
import type { CheckedRequest } from './read-request.ts';

/** The lines of a dry run: what would be done. */
export function explainPlan(
  request: CheckedRequest,
  { store, ...basis }: AttachmentBasis,
  buildx: Buildx,
): readonly string[] {
  const { groups, routing, connectTimeoutSeconds, builderName } = request;
  const lines = groups.flatMap((group) => group.lines);
  return [
    'Dry run: the inputs are well; nothing was contacted or created. Without it, this step would',
    ...lines.map(
      (line) =>
        `- look at ${line.address.url} (${security(line, request)}) for at most ${connectTimeoutSeconds} s`,
    ),
    ...groups.map(
      ({ platforms }, at) =>
        `- choose ${builderName}-${at} for ${platforms.join(', ') || 'all platforms'} by ${routing.routing}`,
    ),
    `- create ${builderName} in ${store} with buildx ${buildx.version}, driver remote:`,
    ...commands(groups, { store, ...basis }).map(
      (args) => `  BUILDX_CONFIG=${store} ${quoteCommand(buildx.file, args)}`,
    ),
    ...(request.setDefault ? ['- set BUILDX_BUILDER and BUILDX_CONFIG for later steps'] : []),
    `- remove ${store} after the job`,
  ];
}

function security({ address }: EndpointLine, { tls }: CheckedRequest): string {
  if (address.kind === 'unix') return 'a socket of this machine';
  if (address.kind === 'program') return quoteCommand(address.file, address.args);
  if (tls === undefined) return 'plain TCP';
  return tls.sources.client === undefined ? 'TLS' : 'mutual TLS';
}

/** With the first address of each group: which replica it will be is known after a look. */
function commands(groups: readonly ReplicaGroup[], basis: AttachmentBasis) {
  const layout = tlsLayout(basis);
  const nodes = groups.flatMap(({ platforms, lines: [line] }, at) => {
    if (line === undefined) return [];
    const node = { name: `${basis.builderName}-${at}`, platforms };
    const { address } = line;
    if (address.kind !== 'srv' && address.kind !== 'dns') return [planNode(node, address, layout)];
    const port = address.kind === 'srv' ? 'PORT' : address.port;
    const url = `tcp://REPLICA:${port}`;
    return [{ ...planNode(node, { kind: 'tcp', url, host: 'REPLICA', port: 1 }, layout) }];
  });
  return createCommands({ name: basis.builderName, nodes });
}
