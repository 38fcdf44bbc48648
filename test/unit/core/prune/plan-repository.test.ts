import assert from 'node:assert/strict';
import { companionSubject } from '../../../../src/core/prune/companion-tag.ts';
import { planRepository } from '../../../../src/core/prune/plan-repository.ts';
import type { Policy } from '../../../../src/core/prune/policy.ts';
import { doomedManifests } from '../../../../src/core/prune/repository-plan.ts';
import type { RepositoryState } from '../../../../src/core/prune/repository-state.ts';
import {
  day,
  digestOf,
  index,
  manifest,
  now,
  policyOf,
  stateOf,
} from '../../../support/prune-states.ts';

/** Every tag with `-` when it goes, `~` when it alone goes, `+` when it stays, and why. */
const planned = (state: RepositoryState, policy: Policy): Readonly<Record<string, string>> =>
  Object.fromEntries(
    planRepository(state, policy).tags.map(({ tag, goes, untagOnly, reason }) => [
      tag.replace(/[0-9a-f]{64}/, '…'),
      `${goes ? (untagOnly ? '~' : '-') : '+'} ${reason}`,
    ]),
  );

const doomed = (state: RepositoryState, policy: Policy): readonly string[] =>
  [...doomedManifests(planRepository(state, policy))].sort();

const digests = (...names: readonly string[]): readonly string[] => names.map(digestOf).sort();

describe('the plan for a repository', () => {
  it('keeps the last images and the young ones, and lets the older ones go', () => {
    const state = stateOf({
      tags: { a: 'a', b: 'b', c: 'c', d: 'd' },
      days: { a: 1, b: 20, c: 40, d: 50 },
    });
    assert.deepEqual(planned(state, policyOf('- { keepLast: 3, deleteOlderThan: 30d }')), {
      a: '+ one of the last 3',
      b: '+ one of the last 3',
      c: '+ one of the last 3',
      d: '- older than 30 d',
    });
    assert.deepEqual(planned(state, policyOf('- { keepLast: 1, keepYoungerThan: 30d }')), {
      a: '+ one of the last 1',
      b: '+ younger than 30 d',
      c: '- older than 30 d',
      d: '- older than 30 d',
    });
    assert.deepEqual(planned(state, policyOf('- { keepLast: 2 }')), {
      a: '+ one of the last 2',
      b: '+ one of the last 2',
      c: '- beyond the last 2',
      d: '- beyond the last 2',
    });
  });

  it('counts images, not tags', () => {
    const state = stateOf({ tags: { a: 'x', b: 'x', c: 'y' }, days: { x: 1, y: 2 } });
    const policy = policyOf('- keepLast: 2');
    assert.deepEqual(Object.values(planned(state, policy)), Array(3).fill('+ one of the last 2'));
  });

  it('asks the first rule that matches alone, each about its own tags', () => {
    const state = stateOf({
      tags: { 'pr-1': 'a', '1': 'b', keep: 'c' },
      days: { a: 10, b: 10, c: 10 },
    });
    const rules =
      '- { tags: keep, keep: true }\n- { tags: pr-*, deleteOlderThan: 7d }\n- keepLast: 1';
    assert.deepEqual(planned(state, policyOf(rules)), {
      'pr-1': '- older than 7 d',
      '1': '+ one of the last 1',
      keep: '+ keep',
    });
  });

  it('keeps what no rule matches, what is protected, and what has no age', () => {
    const state = stateOf({
      tags: { 'v1.0.0': 'a', other: 'b', 'pr-1': 'c', 'pr-2': 'd' },
      days: { a: 90, b: 90, d: 90 },
    });
    const images = { tags: new Set(['shop/orders:pr-2']), digests: new Map() };
    const policy = policyOf('- { tags: [pr-*, v*], deleteOlderThan: 1d }', {
      ...{ tags: ['v?\\d+\\.\\d+\\.\\d+'], images },
    });
    assert.deepEqual(planned(state, policy), {
      'v1.0.0': '+ protected tag',
      other: '+ no rule matches',
      'pr-1': '+ its age is not known',
      'pr-2': '+ protected image',
    });
  });

  it('orders images without any time by their tags, where these are versions or numbers', () => {
    const numbered = stateOf({ tags: { '9': 'a', '10': 'b', '11': 'c' } });
    assert.match(planned(numbered, policyOf('- keepLast: 2'))['9'] ?? '', /^- beyond/);
    const versions = stateOf({ tags: { '1.9.0': 'a', '1.10.0': 'b', '1.10.0-rc.1': 'c' } });
    const plan = planned(versions, policyOf('- keepLast: 2'));
    assert.match(plan['1.9.0'] ?? '', /^- beyond/);
    const words = stateOf({ tags: { one: 'a', two: 'b' } });
    assert.match(planned(words, policyOf('- keepLast: 1'))['one'] ?? '', /^\+ its place in time/);
    const mixed = stateOf({ tags: { '1': 'a', '2': 'b' }, days: { b: 3 } });
    assert.match(planned(mixed, policyOf('- keepLast: 1'))['1'] ?? '', /^\+ its place in time/);
  });

  it('judges caches apart from images by their kind', () => {
    const state = stateOf({
      tags: { a: 'a', b: 'b' },
      manifests: [manifest('b', { kind: 'cache' })],
      days: { a: 9, b: 9 },
    });
    const rules = '- { kind: cache, deleteOlderThan: 7d }\n- { kind: image, keep: true }';
    assert.deepEqual(planned(state, policyOf(rules)), { a: '+ keep', b: '- older than 7 d' });
  });

  it('keeps an image that lies ahead in time', () => {
    const state = stateOf({ tags: { a: 'a' }, days: { a: -3 } });
    assert.match(planned(state, policyOf('- deleteOlderThan: 1d'))['a'] ?? '', /^\+ younger/);
    assert.equal(now - (state.made.get(digestOf('a'))?.at ?? 0), -3 * day);
  });

  it('deletes an index with its platforms, but for those that another image has', () => {
    const state = stateOf({
      tags: { old: 'old', new: 'new' },
      manifests: [
        index('old', 'amd64', 'arm64', 'proof'),
        index('new', 'amd64', 'new arm64'),
        manifest('proof', { kind: 'attestation', subject: digestOf('arm64') }),
        ...['amd64', 'arm64', 'new arm64'].map((name) => manifest(name)),
      ],
      days: { old: 40, new: 1 },
    });
    const policy = policyOf('- deleteOlderThan: 30d');
    assert.deepEqual(doomed(state, policy), digests('old', 'arm64', 'proof'));
  });

  it('only removes the tag of an image that another tag keeps', () => {
    const state = stateOf({ tags: { '1': 'x', main: 'x' }, days: { x: 40 } });
    const policy = policyOf('- deleteOlderThan: 30d', { tags: ['main'] });
    assert.deepEqual(planned(state, policy), {
      '1': '~ older than 30 d',
      main: '+ protected tag',
    });
    assert.deepEqual(doomed(state, policy), []);
  });

  it('only removes the tag of a platform that an image which stays is made of', () => {
    const state = stateOf({
      tags: { 'main-amd64': 'amd64', main: 'main' },
      manifests: [index('main', 'amd64')],
      days: { amd64: 40 },
    });
    const policy = policyOf('- { tags: main-*, deleteOlderThan: 30d }');
    assert.deepEqual(planned(state, policy)['main-amd64'], '~ older than 30 d');
    assert.deepEqual(doomed(state, policy), []);
  });

  it('keeps a platform that runs by its digest', () => {
    const state = stateOf({
      tags: { old: 'old' },
      manifests: [index('old', 'amd64'), manifest('amd64')],
      days: { old: 40 },
    });
    const digest = new Map([[digestOf('amd64'), new Set<string>()]]);
    const policy = policyOf('- deleteOlderThan: 30d', {
      images: { tags: new Set(), digests: digest },
    });
    assert.deepEqual(doomed(state, policy), digests('old'));
  });

  it('lets signatures and referrers go and stay with their image', () => {
    const tag = (name: string, suffix = ''): string =>
      `${digestOf(name).replace(':', '-')}${suffix}`;
    const state = stateOf({
      tags: {
        ...{ old: 'old', new: 'new' },
        ...{ [tag('old', '.sig')]: 'old sig', [tag('new', '.sig')]: 'new sig' },
        ...{ [tag('old')]: 'old list', [tag('lost', '.att')]: 'lost att' },
        [tag('unseen', '.sbom')]: 'unseen sbom',
      },
      manifests: [
        index('old list', 'sbom'),
        manifest('sbom', { kind: 'artifact', subject: digestOf('old') }),
      ],
      days: { old: 40, new: 1 },
      others: ['unseen'],
    });
    const plan = planRepository(state, policyOf('- deleteOlderThan: 30d'));
    const going = plan.tags.filter(({ goes }) => goes).map(({ tag: name }) => name);
    assert.deepEqual(
      going.sort(),
      ['old', tag('old'), tag('old', '.sig'), tag('lost', '.att')].sort(),
    );
    assert.deepEqual(
      [...doomedManifests(plan)].sort(),
      digests('old', 'old sig', 'old list', 'sbom', 'lost att'),
    );
  });

  it('keeps the image of what stays because of its own tag', () => {
    const state = stateOf({
      tags: { '1': 'image', 'sbom-1': 'sbom' },
      manifests: [manifest('sbom', { kind: 'artifact', subject: digestOf('image') })],
      days: { image: 40 },
    });
    const policy = policyOf('- { tags: "1", deleteOlderThan: 30d }');
    assert.deepEqual(planned(state, policy)['1'], '~ older than 30 d');
    assert.deepEqual(doomed(state, policy), []);
  });

  it('keeps what a tag leads to that could not be removed', () => {
    const state = stateOf({
      tags: { a: 'a', b: 'b' },
      manifests: [
        index('a', 'shared', 'own'),
        index('b', 'shared'),
        manifest('shared'),
        manifest('own'),
      ],
      days: { a: 40, b: 40 },
    });
    const plan = planRepository(state, policyOf('- deleteOlderThan: 30d'));
    assert.deepEqual([...doomedManifests(plan, new Set(['b']))].sort(), digests('a', 'own'));
  });
});

describe('a tag that follows another image', () => {
  const hex = 'a'.repeat(64);

  it('is made of its digest, by cosign with a suffix', () => {
    for (const suffix of ['', '.sig', '.att', '.sbom']) {
      assert.equal(companionSubject(`sha256-${hex}${suffix}`), `sha256:${hex}`);
    }
    for (const tag of ['sha256-abc', `sha256-${hex}.txt`, `x-sha256-${hex}`, 'latest']) {
      assert.equal(companionSubject(tag), undefined, tag);
    }
  });
});
