import { contextId } from '../../src/core/buildkit/context-id.ts';
import { isPrivate } from '../../src/core/buildkit/endpoint.ts';
import { jobIdentity, jobSlug } from '../../src/core/job/identity.ts';
import { jobAffinity } from '../../src/core/routing/affinity-key.ts';
import type { TaskHost } from '../../src/ports/task-host.ts';
import type { Buildx } from '../../src/workflows/find-buildx.ts';
import { provideBuildx } from '../../src/workflows/provide-buildx.ts';
import { attachWithFailover } from './attach-with-failover.ts';
import type { AttachmentBasis } from './attachment.ts';
import { askCacheSizes } from './cache-sizes.ts';
import { type ChosenNode, chooseNodes } from './choose-nodes.ts';
import { explainPlan } from './explain-plan.ts';
import type { Inputs } from './inputs.ts';
import { isReady } from './look-at-replicas.ts';
import { publishBuilder } from './publish-builder.ts';
import { publishedNodes } from './published-nodes.ts';
import { type CheckedRequest, readRequest } from './read-request.ts';
import type { SetupPorts } from './setup-ports.ts';
import { waitForDaemons } from './wait-for-daemons.ts';

/** Looks at the daemons, attaches buildx to one of each group, and tells later steps. */
export async function setUpBuilder(inputs: Inputs, ports: SetupPorts): Promise<void> {
  const { host } = ports;
  const variable = (name: string): string | undefined => host.variable(name);
  const slug = jobSlug(jobIdentity(variable));
  const request = await readRequest(inputs, slug, ports);
  warnOfPlainTcp(request, host);
  const buildx = await provideBuildx(request.buildx, request.dryRun, ports);
  const basis: AttachmentBasis = {
    builderName: request.builderName,
    tls: request.tls?.sources,
    store: `${host.tempDirectory}/daemonless/buildx-${slug}`,
    contextId: contextId(variable),
  };
  if (!request.dryRun) return connect(request, basis, buildx, ports);
  explainPlan(request, basis, buildx).forEach((line) => {
    host.info(line);
  });
}

async function connect(
  request: CheckedRequest,
  basis: AttachmentBasis,
  buildx: Buildx,
  ports: SetupPorts,
): Promise<void> {
  const { host } = ports;
  const chosen = await host.group('Connect to BuildKit', () => findNodes(request, ports));
  const sizes = askCacheSizes(chosen, request.tls?.material, ports.probe);
  const attached = await host.group('Attach buildx', () =>
    attachWithFailover(chosen, request, basis, buildx, ports),
  );
  const others = attached.filter((node) => !chosen.includes(node));
  const ofOthers = await askCacheSizes(others, request.tls?.material, ports.probe);
  const nodes = publishedNodes(attached, new Map([...(await sizes), ...ofOthers]));
  const { builderName: name, setDefault } = request;
  const builder = { name, driver: 'remote', nodes, setDefault, store: basis.store } as const;
  await publishBuilder({ ...builder, buildxVersion: buildx.version }, host);
  if (buildx.pathFolder !== undefined) host.prependPath(buildx.pathFolder);
}

async function findNodes(
  request: CheckedRequest,
  ports: SetupPorts,
): Promise<readonly ChosenNode[]> {
  const { host } = ports;
  const groups = await waitForDaemons(request, request.tls?.material, ports);
  const replicas = groups.flatMap((group) => group.replicas);
  replicas.filter(isReady).forEach(({ name, facts }) => {
    host.info(`${name}: BuildKit ${facts?.version ?? ''} answers.`);
  });
  const troubles = replicas.flatMap(({ trouble }) => trouble?.problem ?? []);
  [...groups.flatMap(({ problems }) => problems), ...troubles].forEach(({ where, what }) => {
    host.warning(`${where ?? 'endpoints'}: A replica is skipped: ${what}`);
  });
  return chooseNodes(
    groups,
    request,
    jobAffinity((name) => host.variable(name)),
  );
}

function warnOfPlainTcp({ groups, tls }: CheckedRequest, host: TaskHost): void {
  const open = groups
    .flatMap(({ lines }) => lines.map(({ address }) => address))
    .filter((address) => !isPrivate(address));
  if (tls !== undefined || open.length === 0) return;
  const urls = open.map(({ url }) => url).join(', ');
  const danger = 'whoever reaches it, build steps included, can use the daemon and read its cache';
  host.warning(
    `endpoints: ${urls} is plain TCP: ${danger}. Set caCert, clientCert and clientKey, or a buildkitConnection.`,
  );
}
