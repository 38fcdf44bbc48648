import fc from 'fast-check';
import type { Manifest } from '../../src/core/prune/manifest.ts';
import type { Policy } from '../../src/core/prune/policy.ts';
import type { RepositoryState } from '../../src/core/prune/repository-state.ts';
import { day, digestOf, manifest, now, policyOf } from './prune-states.ts';

const names = Array.from({ length: 14 }, (_, at) => `m${at}`);
const tagNames = ['1', '2', '3', '1.0.0', '1.1.0', 'pr-1', 'pr-2', 'main', 'latest', 'odd'];

/** What a manifest may hold or speak of: only earlier ones, as digests cannot go in circles. */
function manifestArbitrary(at: number): fc.Arbitrary<Manifest> {
  const name = names[at] ?? '';
  const earlier = names.slice(0, at).map(digestOf);
  const blob = fc
    .integer({ min: 0, max: 9 })
    .map((one) => ({ digest: `blob ${one}`, size: one + 1 }));
  return fc
    .record({
      children: fc.subarray([...earlier], { maxLength: Math.min(3, at) }),
      // Some speak of a manifest that nobody has.
      subject: fc.option(fc.constantFrom(...earlier, digestOf('nobody')), {
        nil: undefined,
        freq: 3,
      }),
      blobs: fc.array(blob, { maxLength: 3 }),
    })
    .map(({ children, subject, blobs }) =>
      manifest(name, {
        ...{ children, subject, blobs },
        kind: children.length > 0 ? 'index' : subject === undefined ? 'image' : 'artifact',
      }),
    );
}

const manifests = fc
  .tuple(...names.map((_, at) => manifestArbitrary(at)))
  .map((all) => new Map(all.map((one) => [one.digest, one])));

/** Tags of every kind, cosign's and the referrers' among them. */
const tags = fc.dictionary(
  fc.oneof(
    { weight: 3, arbitrary: fc.constantFrom(...tagNames) },
    fc
      .tuple(fc.constantFrom(...names, 'nobody'), fc.constantFrom('', '.sig', '.att'))
      .map(([name, suffix]) => `${digestOf(name).replace(':', '-')}${suffix}`),
  ),
  fc.constantFrom(...names.map(digestOf)),
  { minKeys: 1, maxKeys: 10 },
);

const times = fc.dictionary(
  fc.constantFrom(...names.map(digestOf)),
  fc.integer({ min: -2, max: 90 }),
);

const rule = fc.constantFrom(
  '- { tags: pr-*, deleteOlderThan: 7d }',
  '- { tags: "/\\\\d+/", keepLast: 1 }',
  '- { tags: [main, odd], keep: true }',
  '- { keepLast: 2, deleteOlderThan: 14d }',
  '- { keepLast: 0 }',
  '- { keepYoungerThan: 30d }',
);

const policies: fc.Arbitrary<Policy> = fc
  .record({
    rules: fc.array(rule, { minLength: 1, maxLength: 3 }),
    tags: fc.subarray(['main', 'latest', '\\d+\\.\\d+\\.\\d+']),
    digests: fc.subarray(names.slice(0, 4).map(digestOf)),
  })
  .map(({ rules, tags: expressions, digests }) =>
    policyOf(rules.join('\n'), {
      tags: expressions,
      images: { tags: new Set(), digests: new Map(digests.map((one) => [one, new Set()])) },
    }),
  );

/** A repository with all that it holds, as it is read, and what is to decide over it. */
export interface Situation {
  readonly state: RepositoryState;
  readonly stored: ReadonlyMap<string, Manifest>;
  readonly policy: Policy;
}

export const situations: fc.Arbitrary<Situation> = fc
  .record({ stored: manifests, tags, times, policy: policies })
  .map(({ stored, tags: named, times: ages, policy }) => {
    const made = Object.entries(ages).map(
      ([digest, age]) => [digest, { at: now - age * day, source: 'config' as const }] as const,
    );
    const unread = { manifests: stored, made: new Map(made), others: new Set<string>() };
    const state = { ...unread, name: 'shop/orders', tags: new Map(Object.entries(named)) };
    return { state: seen(state, stored, policy), stored, policy };
  });

/** What is read of a repository that holds these manifests: below tags and protected images, with referrers; of others only that they are there. */
export function seen(
  state: RepositoryState,
  stored: ReadonlyMap<string, Manifest>,
  { protectedImages }: Policy,
): RepositoryState {
  const found = new Map<string, Manifest>();
  const visit = (digest: string): void => {
    const one = stored.get(digest);
    if (one === undefined || found.has(digest)) return;
    found.set(digest, one);
    one.children.forEach(visit);
    [...stored.values()]
      .filter(({ subject }) => subject === digest)
      .forEach((r) => {
        visit(r.digest);
      });
  };
  [...state.tags.values(), ...protectedImages.digests.keys()].forEach(visit);
  const others = [...stored.keys()].filter((digest) => !found.has(digest));
  return { ...state, manifests: found, others: new Set(others) };
}
