import assert from 'node:assert/strict';
import { affinityKey, jobAffinity } from '../../../../src/core/routing/affinity-key.ts';
import { chooseReplica } from '../../../../src/core/routing/choose-replica.ts';
import { rankReplicas } from '../../../../src/core/routing/rendezvous.ts';

const keys = Array.from({ length: 2_000 }, (_, number) =>
  affinityKey({
    organization: 'https://dev.azure.com/shop/',
    project: 'a7c1',
    repositoryId: `repository-${number}`,
    dockerfile: 'Dockerfile',
    platforms: ['linux/amd64'],
  }),
);

const idle = (count: number) =>
  Array.from({ length: count }, (_, number) => ({
    name: `buildkitd-${number}`,
    isReady: true,
    runningBuilds: 0,
  }));

const homes = (count: number): readonly (string | undefined)[] =>
  keys.map((key) => rankReplicas(key, idle(count))[0]?.name);

describe('rendezvous routing', () => {
  it('spreads 2,000 repositories over three replicas within 10 % of even', () => {
    const counts = new Map<string | undefined, number>();
    homes(3).forEach((home) => counts.set(home, (counts.get(home) ?? 0) + 1));
    for (const count of counts.values()) {
      assert.ok(Math.abs(count - 2_000 / 3) < 200 / 3, `${count} of 2,000`);
    }
  });

  it('moves only the keys of a replica that goes', () => {
    const before = homes(3);
    const after = keys.map((key) => rankReplicas(key, idle(3).slice(0, 2))[0]?.name);
    const moved = before.filter((home, index) => home !== after[index]);
    assert.ok(moved.length > 0 && moved.every((home) => home === 'buildkitd-2'));
  });

  it('moves at most 1/N + 5 % of the keys to a replica that comes', () => {
    const before = homes(3);
    const after = homes(4);
    const moved = after.filter((home, index) => home !== before[index]);
    assert.ok(moved.length <= 2_000 * (1 / 4 + 0.05), `${moved.length} moved`);
    assert.ok(moved.every((home) => home === 'buildkitd-3'));
  });

  it('does not care in which order the replicas were found', () => {
    const names = (replicas: readonly { name: string }[]) => replicas.map(({ name }) => name);
    const [key = ''] = keys;
    assert.deepEqual(
      names(rankReplicas(key, idle(5))),
      names(rankReplicas(key, idle(5).reverse())),
    );
  });
});

describe('the choice of a replica', () => {
  const [key = ''] = keys;
  const ranked = rankReplicas(key, idle(3));
  const busy = (builds: readonly number[]) =>
    ranked.map(({ name }, index) => ({ name, isReady: true, runningBuilds: builds[index] ?? 0 }));

  it('is the one that has the cache, with the whole ranking kept for failover', () => {
    const choice = chooseReplica('affinity', key, busy([1, 0, 0]), 2);
    assert.equal(choice?.rank, 1);
    assert.deepEqual(
      choice.ranking.map(({ name }) => name),
      ranked.map(({ name }) => name),
    );
  });

  it('goes to the second in rank when the first carries more than its bounded share, and says so', () => {
    const choice = chooseReplica('affinity', key, busy([4, 0, 0]), 2);
    assert.equal(choice?.rank, 2);
    assert.equal(choice.reason, `of higher rank are ${ranked[0]?.name} (busy: 4 builds)`);
    assert.equal(choice.ranking[1]?.name, ranked[0]?.name);
  });

  it('never passes over a lone replica, however busy', () => {
    assert.equal(chooseReplica('affinity', key, busy([9]).slice(0, 1), 1)?.rank, 1);
  });

  it('by least load prefers the idle one, and the one with the cache among equals', () => {
    assert.equal(
      chooseReplica('leastLoaded', key, busy([2, 1, 1]), 2)?.replica.name,
      ranked[1]?.name,
    );
  });

  it('in order takes the first of the list', () => {
    assert.equal(chooseReplica('ordered', key, idle(3), 2)?.replica.name, 'buildkitd-0');
  });

  it('passes over what is not ready, says so, and keeps it last for failover', () => {
    const [first, second, third] = busy([0, 0, 0]);
    assert.ok(first && second && third);
    const choice = chooseReplica('affinity', key, [{ ...first, isReady: false }, second, third], 2);
    assert.deepEqual([choice?.replica.name, choice?.rank], [second.name, 2]);
    assert.equal(choice?.reason, `of higher rank are ${first.name} (not ready)`);
    assert.deepEqual(
      choice.ranking.map(({ name }) => name),
      [second.name, third.name, first.name],
    );
  });

  it('shares the load of those that are ready, not of those that are down', () => {
    const [first, second, third] = busy([3, 0, 0]);
    assert.ok(first && second && third);
    const alone = [first, { ...second, isReady: false }, { ...third, isReady: false }];
    assert.equal(chooseReplica('affinity', key, alone, 1)?.replica.name, first.name);
  });

  it('is none when nobody is ready', () => {
    const down = idle(3).map((replica) => ({ ...replica, isReady: false }));
    assert.equal(chooseReplica('affinity', key, [], 2), undefined);
    assert.equal(chooseReplica('leastLoaded', key, down, 2), undefined);
  });
});

describe('the affinity key', () => {
  it('is the same whatever the order of the platforms', () => {
    const parts = { organization: 'o', project: 'p', repositoryId: 'r', dockerfile: 'Dockerfile' };
    assert.equal(
      affinityKey({ ...parts, platforms: ['linux/arm64', 'linux/amd64'] }),
      affinityKey({ ...parts, platforms: ['linux/amd64', 'linux/arm64'] }),
    );
  });

  it('is of organization, project and repository, whatever the branch and the folder', () => {
    const job = (more: Readonly<Record<string, string>>) => {
      const variables: Readonly<Record<string, string>> = {
        'System.CollectionUri': 'https://dev.azure.com/shop/',
        'System.TeamProjectId': 'a7c1',
        'Build.Repository.ID': 'orders',
        ...more,
      };
      return affinityKey({ ...jobAffinity((name) => variables[name]), platforms: [] });
    };
    assert.equal(job({ 'Build.SourceBranch': 'a' }), job({ 'Build.SourceBranch': 'b' }));
    assert.notEqual(job({}), job({ 'Build.Repository.ID': 'other' }));
    assert.notEqual(job({}), job({ 'System.TeamProjectId': 'other' }));
  });

  it('is that of its definition in a release, which has no repository', () => {
    const variables: Readonly<Record<string, string>> = { 'Release.DefinitionId': '12' };
    assert.equal(jobAffinity((name) => variables[name]).repositoryId, 'definition 12');
  });

  it('keeps parts apart that would be equal when joined', () => {
    const key = (project: string, repositoryId: string) =>
      affinityKey({ organization: 'o', project, repositoryId, dockerfile: 'f', platforms: [] });
    assert.notEqual(key('a', 'bc'), key('ab', 'c'));
  });
});
