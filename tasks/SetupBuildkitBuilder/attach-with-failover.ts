import { platformProblems } from '../../src/core/buildkit/platform-problems.ts';
import type { ListedBuilder } from '../../src/core/buildx/ls-output.ts';
import { UserError } from '../../src/core/errors.ts';
import type { Buildx } from '../../src/workflows/find-buildx.ts';
import { saveRecord } from '../../src/workflows/job-record.ts';
import { type Store, attachBuilder, silentNodes } from './attach-builder.ts';
import { type Attachment, type AttachmentBasis, planAttachment } from './attachment.ts';
import { type ChosenNode, describeChoice, failedOver } from './choose-nodes.ts';
import type { CheckedRequest } from './read-request.ts';
import type { SetupPorts } from './setup-ports.ts';
import type { BuilderRecord } from './state.ts';

/**
 * Attaches buildx to the chosen replicas; to the next in rank when buildx does not reach one that has
 * just answered: it was killed meanwhile.
 * @returns the nodes as they are attached
 * @throws UserError when a group has no replica left, or the platforms do not fit
 */
export async function attachWithFailover(
  chosen: readonly ChosenNode[],
  request: CheckedRequest,
  basis: AttachmentBasis,
  buildx: Buildx,
  ports: SetupPorts,
): Promise<readonly ChosenNode[]> {
  const { host, files } = ports;
  host.info(`BUILDX_CONFIG=${basis.store}`);
  let nodes = chosen;
  for (;;) {
    checkPlatforms(nodes, request);
    nodes.forEach((node) => {
      host.info(describeChoice(node));
    });
    const attachment = planAttachment(nodes, basis, buildx);
    const isNew = (await files.exists(basis.store)) === undefined;
    await writeFiles(attachment, ports);
    const store: Store = { buildx, folder: basis.store, isNew };
    const builder = await attachBuilder(attachment.builder, store, ports);
    const silent = silentNodes(attachment.builder, builder);
    if (silent.length === 0) return nodes;
    nodes = nodes.map((node) =>
      silent.includes(node.name) ? replaced(node, builder, ports) : node,
    );
  }
}

function checkPlatforms(nodes: readonly ChosenNode[], request: CheckedRequest): void {
  const named = nodes.map(({ platforms, choice: { replica } }) => ({
    url: replica.endpoint.url,
    ofDaemon: replica.facts?.platforms ?? [],
    declared: platforms,
  }));
  const problems = platformProblems(named, request);
  if (problems.length > 0) throw new UserError(problems);
}

function replaced(
  node: ChosenNode,
  builder: ListedBuilder | undefined,
  { host }: SetupPorts,
): ChosenNode {
  const { url } = node.choice.replica.endpoint;
  const listed = builder?.Nodes.find(({ Name }) => Name === node.name);
  const seen = [listed?.Status, listed?.Err, builder?.Err].filter(Boolean).join(', ');
  const what = `${url} answered a moment ago, but buildx does not reach it (${seen || 'no such node'}).`;
  const next = failedOver(node);
  if (next === undefined) {
    const change = 'Check whether the daemon was just stopped, and run the job again.';
    throw new UserError([{ where: 'endpoints', what, change }]);
  }
  host.warning(`endpoints: ${what} The next replica is used.`);
  return next;
}

/** The record comes first, so that the post-job step knows of whatever the rest leaves. */
async function writeFiles(
  { builder, store, filesToWrite }: Attachment,
  { host, files }: SetupPorts,
): Promise<void> {
  const record: BuilderRecord = { version: 1, builderName: builder.name, store };
  await saveRecord({ host, files }, `builder-${builder.name}`, record);
  await files.makeDirectory(store);
  for (const { path, text } of filesToWrite) await files.writeText(path, text);
}
