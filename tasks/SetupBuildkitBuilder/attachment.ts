import { contextIdFile } from '../../src/core/buildkit/context-id.ts';
import type { Endpoint } from '../../src/core/buildkit/endpoint.ts';
import { type TlsLayout, layOutTls } from '../../src/core/buildkit/tls-files.ts';
import type { TlsSources } from '../../src/core/buildkit/tls-material.ts';
import type { BuilderPlan, NodePlan } from '../../src/core/buildx/create-args.ts';
import { failoverFile, failoverRecord } from '../../src/core/routing/failover-record.ts';
import type { Buildx } from '../../src/workflows/find-buildx.ts';
import type { ChosenNode } from './choose-nodes.ts';

/** All that will be created on the agent: files, and a builder in buildx's store. */
export interface Attachment {
  readonly builder: BuilderPlan;
  /** BUILDX_CONFIG: one folder for all builders of the job; everything else lies in it. */
  readonly store: string;
  readonly filesToWrite: readonly { readonly path: string; readonly text: string }[];
}

/** What the attachment of a job is made of, besides its nodes. */
export interface AttachmentBasis {
  readonly builderName: string;
  readonly tls: TlsSources | undefined;
  /** Absolute path of the job's own folder for builders. */
  readonly store: string;
  /** Under which daemons remember uploads. */
  readonly contextId: string;
}

export function planAttachment(
  nodes: readonly ChosenNode[],
  basis: AttachmentBasis,
  { file, version }: Buildx,
): Attachment {
  const { builderName, store, contextId } = basis;
  const layout = tlsLayout(basis);
  const plan = (node: ChosenNode, endpoint: Endpoint) => planNode(node, endpoint, layout);
  const ranked = nodes.map((node) =>
    node.choice.ranking.map((replica) => ({
      ...{ replica: replica.name, plan: plan(node, replica.endpoint) },
    })),
  );
  const record = failoverRecord(builderName, ranked, { file, version });
  return {
    builder: {
      name: builderName,
      nodes: nodes.map((node) => plan(node, node.choice.replica.endpoint)),
    },
    store,
    filesToWrite: [
      ...(layout?.toWrite ?? []).map(({ path, pem }) => ({ path, text: pem })),
      { path: `${store}/${contextIdFile}`, text: contextId },
      { path: failoverFile(store, builderName), text: `${JSON.stringify(record)}\n` },
    ],
  };
}

/** Where the job's certificate files lie; undefined when plain. */
export function tlsLayout({ tls, store, builderName }: AttachmentBasis): TlsLayout | undefined {
  return tls && layOutTls(tls, `${store}/certs/${builderName}`);
}

/** A node as buildx is to have it. */
export function planNode(
  { name, platforms }: Pick<ChosenNode, 'name' | 'platforms'>,
  endpoint: Endpoint,
  layout: TlsLayout | undefined,
): NodePlan {
  return { name, platforms, endpoint: endpoint.url, ...nodeTls(endpoint, layout) };
}

/** TLS is for TCP; an address that DNS gave is checked by the name it was given for. */
function nodeTls(endpoint: Endpoint, layout: TlsLayout | undefined): Pick<NodePlan, 'tls'> {
  if (endpoint.kind !== 'tcp' || layout === undefined) return {};
  const serverName = layout.files.serverName ?? endpoint.serverName;
  return { tls: { ...layout.files, ...(serverName === undefined ? {} : { serverName }) } };
}
