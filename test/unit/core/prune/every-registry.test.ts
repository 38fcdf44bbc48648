import assert from 'node:assert/strict';
import fc from 'fast-check';
import { companionSubject } from '../../../../src/core/prune/companion-tag.ts';
import { deletionOrder } from '../../../../src/core/prune/deletion-order.ts';
import { countTags, guardProblems } from '../../../../src/core/prune/guard.ts';
import { planRepository } from '../../../../src/core/prune/plan-repository.ts';
import {
  type RepositoryPlan,
  doomedManifests,
} from '../../../../src/core/prune/repository-plan.ts';
import type { RepositoryState } from '../../../../src/core/prune/repository-state.ts';
import { situations, seen } from '../../../support/arbitrary-registry.ts';

/** Found by asking again and again, so as not to repeat how the code does it. */
function reachable(roots: readonly string[], { manifests, tags }: RepositoryState): Set<string> {
  const found = new Set(roots);
  for (let size = -1; size !== found.size;) {
    size = found.size;
    for (const { digest, children, subject } of manifests.values()) {
      if (found.has(digest))
        [...children, ...(subject ? [subject] : [])].forEach((d) => found.add(d));
      if (subject !== undefined && found.has(subject)) found.add(digest);
    }
    for (const [tag, digest] of tags) {
      if (found.has(companionSubject(tag) ?? '')) found.add(digest);
    }
  }
  return found;
}

const going = ({ tags }: RepositoryPlan): readonly string[] =>
  tags.filter(({ goes }) => goes).map(({ tag }) => tag);

const check = (property: (plan: RepositoryPlan, state: RepositoryState) => void): void => {
  fc.assert(
    fc.property(situations, ({ state, policy }) => {
      property(planRepository(state, policy), state);
    }),
    { numRuns: 500 },
  );
};

describe('in every registry', () => {
  it('nothing that a tag which stays leads to is ever deleted', () => {
    check((plan, state) => {
      const roots = plan.tags.filter(({ goes }) => !goes).map(({ digest }) => digest);
      const needed = reachable(roots, state);
      assert.deepEqual(
        [...doomedManifests(plan)].filter((digest) => needed.has(digest)),
        [],
      );
    });
  });

  it('nor what a tag leads to that was to go and could not be removed', () => {
    fc.assert(
      fc.property(situations, fc.infiniteStream(fc.boolean()), ({ state, policy }, coin) => {
        const plan = planRepository(state, policy);
        const survivors = new Set(going(plan).filter(() => coin.next().value));
        const roots = plan.tags
          .filter(({ tag, goes }) => !goes || survivors.has(tag))
          .map(({ digest }) => digest);
        const doomed = [...doomedManifests(plan, survivors)];
        const needed = reachable(roots, state);
        assert.deepEqual(
          doomed.filter((digest) => needed.has(digest)),
          [],
        );
      }),
    );
  });

  it('a digest that a protected tag or image names stays', () => {
    fc.assert(
      fc.property(situations, ({ state, policy }) => {
        const plan = planRepository(state, policy);
        const doomed = doomedManifests(plan);
        for (const { tag, digest, goes } of plan.tags) {
          if (!policy.protectedTags.some((matches) => matches(tag))) continue;
          assert.equal(goes || doomed.has(digest), false);
        }
        for (const digest of policy.protectedImages.digests.keys()) assert.ok(!doomed.has(digest));
      }),
    );
  });

  it('a tag goes alone exactly when its digest stays', () => {
    check((plan) => {
      const doomed = doomedManifests(plan);
      for (const { goes, untagOnly, digest } of plan.tags) {
        if (goes) assert.equal(doomed.has(digest), !untagOnly);
      }
    });
  });

  it('a plan that was carried out leaves nothing to do', () => {
    fc.assert(
      fc.property(situations, ({ state, stored, policy }) => {
        const plan = planRepository(state, policy);
        const doomed = doomedManifests(plan);
        const gone = new Set(going(plan));
        const tags = new Map([...state.tags].filter(([tag]) => !gone.has(tag)));
        const left = new Map([...stored].filter(([digest]) => !doomed.has(digest)));
        const after = seen({ ...state, tags }, left, policy);
        const next = going(planRepository(after, policy));
        // Signatures of what only a signature held, which nobody makes, go in a second run.
        assert.deepEqual(
          next.filter((tag) => companionSubject(tag) === undefined),
          [],
        );
      }),
      { numRuns: 500 },
    );
  });

  it('each index is deleted before what is in it, and what speaks of an image before that', () => {
    check((plan, state) => {
      const order = deletionOrder(doomedManifests(plan), state);
      assert.equal(new Set(order).size, doomedManifests(plan).size);
      for (const [at, digest] of order.entries()) {
        const { children = [], subject } = state.manifests.get(digest) ?? {};
        const after = [...children, ...(subject === undefined ? [] : [subject])];
        // Tags of the form sha256-… can say the contrary of what the manifests say; then these count.
        if ([...state.tags.keys()].some((tag) => companionSubject(tag) !== undefined)) continue;
        for (const other of after) assert.ok(!order.slice(0, at).includes(other), digest);
      }
    });
  });

  it('a plan past its limit is never carried out', () => {
    fc.assert(
      fc.property(situations, fc.nat(100), fc.nat(5), ({ state, policy }, percent, most) => {
        const plan = planRepository(state, policy);
        const { all, going: number } = countTags([plan]);
        const isMore = number * 100 > percent * all || (most > 0 && number > most);
        const limits = { maxDeletePercent: percent, maxDeletes: most };
        assert.equal(guardProblems([plan], limits).length > 0, isMore);
      }),
    );
  });
});
