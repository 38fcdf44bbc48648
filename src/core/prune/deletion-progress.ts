import type { PlannedTag, RepositoryPlan } from './repository-plan.ts';
import type { Turn } from './reported-repository.ts';

/** What has been deleted in one repository so far. */
export class DeletionProgress {
  readonly plan: RepositoryPlan;
  /** Tags that are gone. */
  readonly gone = new Set<string>();
  /** Digest by tag: this registry removes them with their images only. */
  readonly withImage = new Map<string, string>();
  /** By tag, where it was not as planned. */
  readonly turns = new Map<string, Turn>();
  /** Digests of manifests that are gone. */
  readonly manifests = new Set<string>();
  /** Sentences about what the registry refused. */
  readonly failures: string[] = [];

  constructor(plan: RepositoryPlan) {
    this.plan = plan;
  }

  get going(): readonly PlannedTag[] {
    return this.plan.tags.filter(({ goes }) => goes);
  }

  /** Tags that were to go and are still there, but for those that go with their images. */
  get survivors(): ReadonlySet<string> {
    const tags = this.going.map(({ tag }) => tag);
    return new Set(tags.filter((tag) => !this.gone.has(tag) && !this.withImage.has(tag)));
  }

  /** The turns of all tags. @param why the rest was not reached */
  allTurns(why: string): ReadonlyMap<string, Turn> {
    const rest = this.going.filter(
      ({ tag, digest }) => !this.gone.has(tag) && !this.manifests.has(digest),
    );
    const skipped = rest.map(({ tag, reason }): readonly [string, Turn] => [
      tag,
      { outcome: 'skipped', reason: `${reason}; ${why}` },
    ]);
    return new Map<string, Turn>([...skipped, ...this.turns]);
  }
}
