import type { PrunedRepository, PrunedTag, TagOutcome } from '../report/prune-report.ts';
import type { PlannedTag, RepositoryPlan } from './repository-plan.ts';
import type { RepositoryState } from './repository-state.ts';

/** What came of a tag that was to go, where it is not what was planned. */
export interface Turn {
  readonly outcome: TagOutcome;
  readonly reason: string;
}

/**
 * A repository as the report has it.
 * @param manifests number of those deleted
 * @param turns by tag
 */
export function reportedRepository(
  { state, tags }: RepositoryPlan,
  manifests: number,
  turns: ReadonlyMap<string, Turn> = new Map(),
): PrunedRepository {
  return {
    ...{ name: state.name, manifests },
    tags: tags.map((planned) => reportedTag(planned, state, turns.get(planned.tag))),
  };
}

function reportedTag(
  planned: PlannedTag,
  state: RepositoryState,
  turn: Turn | undefined,
): PrunedTag {
  const { tag, digest, rule, follows } = planned;
  const made = state.made.get(digest);
  return {
    ...{ tag, digest, kind: state.manifests.get(digest)?.kind ?? 'artifact' },
    ...{
      outcome: turn?.outcome ?? plannedOutcome(planned),
      reason: turn?.reason ?? reasonOf(planned),
    },
    ...(rule === undefined ? {} : { rule }),
    ...(made === undefined ? {} : { madeAt: new Date(made.at).toISOString(), madeBy: made.source }),
    size: sizeOf(digest, state),
    ...(follows === undefined ? {} : { follows }),
  };
}

function plannedOutcome({ goes, untagOnly }: PlannedTag): TagOutcome {
  if (!goes) return 'kept';
  return untagOnly ? 'untagged' : 'deleted';
}

function reasonOf({ reason, untagOnly }: PlannedTag): string {
  return untagOnly ? `${reason}; its image stays` : reason;
}

/** Bytes of a manifest with all that is in it, each blob once. */
function sizeOf(digest: string, { manifests }: RepositoryState): number {
  const parts = new Set([digest]);
  const blobs = new Map<string, number>();
  for (const part of parts) {
    const manifest = manifests.get(part);
    if (manifest === undefined) continue;
    blobs.set(part, manifest.size);
    manifest.blobs.forEach((blob) => blobs.set(blob.digest, blob.size));
    manifest.children.forEach((child) => parts.add(child));
  }
  return [...blobs.values()].reduce((sum, size) => sum + size, 0);
}
