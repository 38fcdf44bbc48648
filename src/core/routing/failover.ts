import type { FailoverRecord } from './failover-record.ts';

export type RecordedNode = FailoverRecord['nodes'][number];
export type RecordedReplica = RecordedNode['replicas'][number];

/** A node as buildx lists it now. */
export interface AttachedNode {
  readonly name: string;
  readonly endpoint: string;
  readonly options: Readonly<Record<string, string>>;
}

/** What stands behind a node: the replicas written down while they are true, else the lone daemon that buildx lists. */
export function nodeOf(nodes: readonly RecordedNode[], attached: AttachedNode): RecordedNode {
  const { name, endpoint, options } = attached;
  const recorded = nodes.find((node) => node.name === name);
  if (recorded?.replicas[0]?.endpoint === endpoint) return recorded;
  return { name, platforms: [], replicas: [{ name: endpoint, endpoint, options }] };
}

/** In the order to try when the first one is lost, itself last: it may come back. */
export function successors({ replicas }: RecordedNode): readonly RecordedReplica[] {
  return [...replicas.slice(1), ...replicas.slice(0, 1)];
}

/** The node on that replica; the lost one comes last. */
export function movedTo(node: RecordedNode, replica: RecordedReplica): RecordedNode {
  const others = successors(node).filter(({ name }) => name !== replica.name);
  return { ...node, replicas: [replica, ...others] };
}
