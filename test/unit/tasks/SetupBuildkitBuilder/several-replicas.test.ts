import assert from 'node:assert/strict';
import { UserError } from '../../../../src/core/errors.ts';
import { failoverFile, parseFailoverRecord } from '../../../../src/core/routing/failover-record.ts';
import type { ProbeOutcome } from '../../../../src/ports/builder-probe.ts';
import { taskInputs } from '../../../../tasks/SetupBuildkitBuilder/inputs.generated.ts';
import type { Inputs } from '../../../../tasks/SetupBuildkitBuilder/inputs.ts';
import { setUpBuilder } from '../../../../tasks/SetupBuildkitBuilder/set-up-builder.ts';
import { defaultInputs } from '../../../support/default-inputs.ts';
import { fakeBuildx } from '../../../support/fake-buildx.ts';
import { fakeClock } from '../../../support/fake-clock.ts';
import { fakeFetcher } from '../../../support/fake-fetcher.ts';
import { FakeFiles } from '../../../support/fake-files.ts';
import { FakeHost } from '../../../support/fake-host.ts';
import { connectionRefused, daemonUp, fakeProbe } from '../../../support/fake-probe.ts';
import { fakeResolver } from '../../../support/fake-resolver.ts';

const endpoints = ['tcp://a:1 name=a', 'tcp://b:1 name=b', 'tcp://c:1 name=c'];

interface Situation {
  readonly answer?: (host: string) => ProbeOutcome;
  readonly reaches?: (endpoint: string) => boolean;
  readonly variables?: Readonly<Record<string, string>>;
}

function setUp(given: Partial<Inputs>, situation: Situation = {}) {
  const { answer = () => daemonUp, reaches, variables = {} } = situation;
  const host = new FakeHost({ tempDirectory: '/temp', variables });
  const files = new FakeFiles();
  const clock = fakeClock(Date.now());
  const probe = fakeProbe(clock, (_, endpoint) =>
    answer(endpoint.kind === 'tcp' ? endpoint.host : ''),
  );
  const commands = fakeBuildx(reaches);
  const inputs = { ...defaultInputs(taskInputs), endpoints, builderName: 'ci', connectTimeout: 0 };
  const cancellation = new AbortController().signal;
  const ports = {
    host,
    files,
    clock,
    commands,
    cancellation,
    probe,
    ...{ resolver: fakeResolver(), fetcher: fakeFetcher() },
  };
  const run = () => setUpBuilder({ ...inputs, ...given }, ports);
  const text = () => host.lines.join('\n');
  return { run, host, files, commands, text };
}

const up = (builds: number): ProbeOutcome =>
  daemonUp.kind === 'up'
    ? { ...daemonUp, facts: { ...daemonUp.facts, runningBuilds: builds } }
    : daemonUp;

describe('several replicas', () => {
  it('are one node: the chosen one, with rank and reason in the log', async () => {
    const { run, host, text } = setUp({ routing: 'ordered' });
    await run();
    assert.equal(host.outputs.get('replica'), 'a');
    assert.match(text(), /^ci-0 is a, rank 1 of 3: it comes first in the list\.$/m);
  });

  it('give the same repository the same one, whatever the branch', async () => {
    const choice = async (branch: string): Promise<string | undefined> => {
      const variables = { 'Build.Repository.ID': 'orders', 'Build.SourceBranch': branch };
      const { run, host } = setUp({}, { variables });
      await run();
      return host.outputs.get('replica');
    };
    assert.equal(await choice('refs/heads/main'), await choice('refs/pull/7/merge'));
  });

  it('follow the key that is given instead', async () => {
    const choices = new Set<string | undefined>();
    for (const affinityKey of ['one', 'two', 'three', 'four', 'five', 'six', 'seven']) {
      const { run, host } = setUp({ affinityKey });
      await run();
      choices.add(host.outputs.get('replica'));
    }
    assert.ok(choices.size > 1);
  });

  it('by least load are the one with the fewest builds', async () => {
    const builds: Readonly<Record<string, number>> = { a: 4, b: 0, c: 2 };
    const answer = (host: string): ProbeOutcome => up(builds[host] ?? 0);
    const { run, host } = setUp({ routing: 'leastLoaded' }, { answer });
    await run();
    assert.equal(host.outputs.get('replica'), 'b');
  });

  it('are said which are skipped, and why', async () => {
    const answer = (host: string): ProbeOutcome => (host === 'b' ? connectionRefused : daemonUp);
    const { run, host } = setUp({}, { answer });
    await run();
    assert.match(
      host.warnings.join('\n'),
      /^endpoints: A replica is skipped: Nothing listens at tcp:\/\/b:1/m,
    );
  });

  it('go over to the next in rank when buildx does not reach the chosen one any more', async () => {
    const reaches = (endpoint: string): boolean => endpoint !== 'tcp://a:1';
    const { run, host, commands, text } = setUp({ routing: 'ordered' }, { reaches });
    await run();
    assert.equal(host.outputs.get('replica'), 'b');
    assert.match(host.warnings.join('\n'), /tcp:\/\/a:1 answered a moment ago, but .*\(inactive\)/);
    assert.match(text(), /^ci-0 is b, rank 2 of 3: a went away\.$/m);
    const verbs = commands.commands.map(({ args }) => args[0]);
    assert.deepEqual(verbs, ['version', 'create', 'ls', 'ls', 'rm', 'create', 'ls']);
  });

  it('fail with the last one that went away when none is left', async () => {
    const { run } = setUp({}, { reaches: () => false });
    await assert.rejects(
      run(),
      (error: unknown) =>
        error instanceof UserError &&
        /answered a moment ago.* run the job again/.test(error.message),
    );
  });

  it('stay in a record beside the store, in rank, so that a later task can go over as well', async () => {
    const answer = (host: string): ProbeOutcome => (host === 'b' ? connectionRefused : daemonUp);
    const { run, host, files } = setUp({ routing: 'ordered' }, { answer });
    await run();
    const path = failoverFile(host.variables.get('BUILDX_CONFIG') ?? '', 'ci');
    const record = parseFailoverRecord(JSON.parse(files.entries.get(path)?.text ?? '{}'));
    assert.deepEqual(
      record?.nodes.map(({ name, replicas }) => [name, replicas.map((one) => one.name)]),
      [['ci-0', ['a', 'c', 'b']]],
    );
    assert.equal(parseFailoverRecord({ ...record, version: 2 }), undefined);
  });
});

describe('groups of platforms', () => {
  const groups = ['tcp://a:1 platforms=linux/amd64', 'tcp://b:1 platforms=linux/arm64'];

  it('are a node each, with the builds that go there', async () => {
    const { run, host, commands } = setUp({ endpoints: groups });
    await run();
    const created = commands.commands.filter(({ args }) => args[0] === 'create');
    assert.deepEqual(
      created.map(({ args }) => args.slice(-5)),
      [
        ['--platform', 'linux/amd64', '--driver', 'remote', 'tcp://a:1'],
        ['--platform', 'linux/arm64', '--driver', 'remote', 'tcp://b:1'],
      ],
    );
    assert.equal(host.outputs.get('platforms'), 'linux/amd64,linux/arm64');
  });

  it('fail the step when a needed platform is missing, with the cure', async () => {
    const { run, commands } = setUp({ platforms: ['linux/s390x, linux/amd64'] });
    await assert.rejects(
      run(),
      /^UserError: platforms: No daemon builds linux\/s390x; .*native pool/,
    );
    assert.ok(!commands.commands.some(({ args }) => args[0] === 'create'));
  });

  it('fail the step when a needed platform is emulated and must not be', async () => {
    const given = { platforms: ['linux/amd64,linux/arm64'], allowEmulation: false };
    const problem = /^UserError: allowEmulation: linux\/arm64 would be emulated/;
    await assert.rejects(setUp(given).run(), problem);
    await setUp({ ...given, allowEmulation: true }).run();
  });

  it('fail the step when a daemon cannot build what it is given for', async () => {
    const { run } = setUp({ endpoints: ['tcp://a:1 platforms=linux/s390x'] });
    await assert.rejects(run(), /tcp:\/\/a:1 is given for linux\/s390x, but its daemon cannot/);
  });
});

describe('the id under which daemons remember uploads', () => {
  const idOf = async (variables: Readonly<Record<string, string>>): Promise<string | undefined> => {
    const { run, host, files } = setUp({}, { variables });
    await run();
    const store = host.variables.get('BUILDX_CONFIG') ?? '';
    return files.entries.get(`${store}/.buildNodeID`)?.text;
  };
  const own = { 'Build.Repository.ID': 'orders', 'Build.SourceBranch': 'refs/heads/main' };
  const fork = { ...own, 'System.PullRequest.IsFork': 'True' };

  it('is the same in every job of a repository, as buildx writes it', async () => {
    const id = await idOf({ ...own, 'Build.BuildId': '1', 'Agent.Id': '1' });
    assert.match(id ?? '', /^[0-9a-f]{16}$/);
    assert.equal(await idOf({ ...own, 'Build.BuildId': '2', 'Agent.Id': '2' }), id);
  });

  it('is another one for another repository, and for each fork', async () => {
    const ids = await Promise.all([
      idOf(own),
      idOf({ ...own, 'Build.Repository.ID': 'other' }),
      idOf({ ...fork, 'System.PullRequest.SourceRepositoryURI': 'https://github.com/a/orders' }),
      idOf({ ...fork, 'System.PullRequest.SourceRepositoryURI': 'https://github.com/b/orders' }),
    ]);
    assert.equal(new Set(ids).size, 4);
  });
});
