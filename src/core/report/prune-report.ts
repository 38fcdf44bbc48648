import * as v from 'valibot';

const tag = v.object({
  tag: v.string(),
  digest: v.string(),
  kind: v.picklist(['image', 'index', 'cache', 'cacheIndex', 'attestation', 'artifact']),
  /** `untagged`: the tag alone went. `skipped`: it was to go, and was let be. In a dry run: what would be. */
  outcome: v.picklist(['kept', 'deleted', 'untagged', 'skipped', 'failed']),
  reason: v.string(),
  /** Number of the rule that decided. */
  rule: v.optional(v.number()),
  /** ISO 8601, UTC; absent: nothing tells. */
  madeAt: v.optional(v.string()),
  madeBy: v.optional(v.picklist(['annotation', 'config', 'cache'])),
  /** Bytes of all its platforms; layers that other images have, too, count in full. */
  size: v.number(),
  /** The digest that it says something about. */
  follows: v.optional(v.string()),
});

const repository = v.object({
  name: v.string(),
  /** Manifests deleted. */
  manifests: v.number(),
  /** Sorted by name. */
  tags: v.array(tag),
});

/** What one step of RegistryPrune did, or in a dry run would do. A change of meaning is a new version. */
export const pruneReportSchema = v.object({
  schema: v.literal('daemonless.prune'),
  version: v.literal(1),
  result: v.picklist(['succeeded', 'failed', 'canceled']),
  dryRun: v.boolean(),
  /** ISO 8601, UTC. */
  startedAt: v.string(),
  ms: v.number(),
  /** Host and port. */
  registry: v.string(),
  /** Bytes that only deleted images held, in all repositories together. */
  freedBytes: v.number(),
  repositories: v.array(repository),
  /** What the step failed with. */
  failure: v.optional(v.array(v.string())),
});

export type PruneReport = v.InferOutput<typeof pruneReportSchema>;
export type PrunedRepository = PruneReport['repositories'][number];
export type PrunedTag = PrunedRepository['tags'][number];
export type TagOutcome = PrunedTag['outcome'];

/** How many tags came to each outcome. */
export function countOutcomes(
  repositories: readonly PrunedRepository[],
): Readonly<Record<TagOutcome, number>> {
  const count = { kept: 0, deleted: 0, untagged: 0, skipped: 0, failed: 0 };
  for (const { tags } of repositories) tags.forEach(({ outcome }) => (count[outcome] += 1));
  return count;
}
