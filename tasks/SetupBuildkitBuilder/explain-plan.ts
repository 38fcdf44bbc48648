import type { EndpointLine } from '../../src/core/buildkit/endpoint-line.ts';
import { isOverTcp } from '../../src/core/buildkit/endpoint.ts';
import type { Buildx } from '../../src/workflows/find-buildx.ts';
import type { CheckedRequest } from './read-request.ts';

/** The lines of a dry run: what would be done. */
export function explainPlan(
  request: CheckedRequest,
  store: string,
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
    `- create ${builderName} in ${store} with buildx ${buildx.version}, driver remote`,
    ...(request.setDefault ? ['- set BUILDX_BUILDER and BUILDX_CONFIG for later steps'] : []),
    `- remove ${store} after the job`,
  ];
}

function security({ address }: EndpointLine, { tls }: CheckedRequest): string {
  if (address.kind === 'unix') return 'a socket of this machine';
  if (!isOverTcp(address)) return 'by buildx alone';
  if (tls === undefined) return 'plain TCP';
  return tls.sources.client === undefined ? 'TLS' : 'mutual TLS';
}
