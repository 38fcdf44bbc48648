import * as v from 'valibot';
import { type NodePlan, driverOptions } from '../buildx/create-args.ts';

const replicaSchema = v.object({
  /** Stable name, such as that of a StatefulSet's pod. */
  name: v.string(),
  endpoint: v.string(),
  /** For `--driver-opt`: paths of certificate files and the server name; empty means plain. */
  options: v.record(v.string(), v.string()),
});

const recordSchema = v.object({
  version: v.literal(1),
  builder: v.string(),
  /** The one that made the builder and was found new enough: later tasks need not look for it. */
  buildx: v.optional(v.object({ file: v.string(), version: v.string() })),
  nodes: v.array(
    v.object({
      name: v.string(),
      /** For `--platform`; empty for all. */
      platforms: v.array(v.string()),
      /** The attached one first, then in the order to try when it goes away. */
      replicas: v.array(replicaSchema),
    }),
  ),
});

/** With what a builder was made, and which replicas could take a node's place: for later tasks of the job, beside buildx's store. No secrets. */
export type FailoverRecord = v.InferOutput<typeof recordSchema>;

/** Found with BUILDX_CONFIG and BUILDX_BUILDER alone; buildx ignores folders it does not know. */
export function failoverFile(store: string, builder: string): string {
  return `${store}/daemonless/${builder}.json`;
}

/** @param nodes for each node its replicas as plans, in rank */
export function failoverRecord(
  builder: string,
  nodes: readonly (readonly { readonly replica: string; readonly plan: NodePlan }[])[],
  buildx: FailoverRecord['buildx'],
): FailoverRecord {
  return {
    version: 1,
    builder,
    buildx,
    nodes: nodes.map((ranked) => ({
      name: ranked[0]?.plan.name ?? '',
      platforms: [...(ranked[0]?.plan.platforms ?? [])],
      replicas: ranked.map(({ replica, plan }) => ({
        name: replica,
        endpoint: plan.endpoint,
        options: { ...driverOptions(plan) },
      })),
    })),
  };
}

/** Undefined for anything but a record of this version: a reader then has no failover, which is no error. */
export function parseFailoverRecord(json: unknown): FailoverRecord | undefined {
  const result = v.safeParse(recordSchema, json);
  return result.success ? result.output : undefined;
}
