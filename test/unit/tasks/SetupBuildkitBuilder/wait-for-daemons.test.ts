import assert from 'node:assert/strict';
import { CancelledError, UserError } from '../../../../src/core/errors.ts';
import type { ProbeOutcome } from '../../../../src/ports/builder-probe.ts';
import { waitForDaemons } from '../../../../tasks/SetupBuildkitBuilder/wait-for-daemons.ts';
import { parseEndpointLines } from '../../../../src/core/buildkit/endpoint-lines.ts';
import { replicaGroups } from '../../../../src/core/buildkit/replica-groups.ts';
import { fakeClock } from '../../../support/fake-clock.ts';
import { fakeFetcher } from '../../../support/fake-fetcher.ts';
import { FakeFiles } from '../../../support/fake-files.ts';
import { FakeHost } from '../../../support/fake-host.ts';
import { connectionRefused, daemonDown, daemonUp, fakeProbe } from '../../../support/fake-probe.ts';
import { fakeResolver } from '../../../support/fake-resolver.ts';
import { noCommands } from '../../../support/fake-runner.ts';

const wrongAuthority = daemonDown({
  kind: 'error',
  code: 'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  message: '',
});

function groupsOf(input: readonly string[]) {
  const lines = parseEndpointLines({ input, connection: [], buildkitHost: undefined });
  const groups = lines.ok ? replicaGroups(lines.value) : lines;
  assert.ok(groups.ok);
  return groups.value;
}

interface Situation {
  readonly abort?: AbortController;
  readonly endpoints?: readonly string[];
  readonly resolver?: ReturnType<typeof fakeResolver>;
}

function setUp(
  answer: (elapsedMs: number, host: string) => ProbeOutcome,
  situation: Situation = {},
) {
  const { abort = new AbortController(), endpoints = ['tcp://b:1234'] } = situation;
  const clock = fakeClock();
  const host = new FakeHost();
  const probe = fakeProbe(clock, (elapsedMs, endpoint) =>
    answer(elapsedMs, endpoint.kind === 'tcp' ? endpoint.host : ''),
  );
  const others = { files: new FakeFiles(), commands: noCommands(), cancellation: abort.signal };
  const resolver = situation.resolver ?? fakeResolver();
  const wait = (connectTimeoutSeconds: number) =>
    waitForDaemons({ groups: groupsOf(endpoints), connectTimeoutSeconds }, undefined, {
      ...{ clock, host, probe, resolver, fetcher: fakeFetcher() },
      ...others,
    });
  return { wait, host, probe, clock };
}

const isProblem = (pattern: RegExp) => (error: unknown) =>
  error instanceof UserError && pattern.test(error.message);

describe('waiting for the daemon', () => {
  it('takes one look when the daemon is up', async () => {
    const { wait, probe } = setUp(() => daemonUp);
    const [group] = await wait(60);
    assert.equal(group?.replicas[0]?.facts?.version, 'v0.32.2');
    assert.equal(probe.limits.length, 1);
  });

  it('goes on until a late daemon answers', async () => {
    const { wait } = setUp((elapsedMs) => (elapsedMs < 25_000 ? connectionRefused : daemonUp));
    const [group] = await wait(60);
    assert.ok(group?.replicas[0]?.facts);
  });

  it('tells every 10 s which endpoint it waits for and what it saw last', async () => {
    const { wait, host } = setUp((elapsedMs) =>
      elapsedMs < 25_000 ? connectionRefused : daemonUp,
    );
    await wait(60);
    assert.deepEqual(
      host.lines.map(
        (line) =>
          /^Waiting for BuildKit, (\d+) of 60 s\. Nothing listens at tcp:\/\/b:1234/.exec(
            line,
          )?.[1],
      ),
      ['0', '10', '20'],
    );
  });

  it('ends at connectTimeout with the last thing seen', async () => {
    const { wait, clock } = setUp(() => connectionRefused);
    const startMs = clock.now();
    await assert.rejects(wait(60), isProblem(/Nothing listens .* Waited \d+ s for it\./));
    assert.ok(clock.now() - startMs <= 60_000);
  });

  it('takes a single look of less than a second when connectTimeout is 0', async () => {
    const { wait, probe, host } = setUp(() => connectionRefused);
    await assert.rejects(
      wait(0),
      isProblem(/^endpoints: Nothing listens at tcp:\/\/b:1234: .* refused\. /),
    );
    assert.deepEqual(probe.limits, [700]);
    assert.deepEqual(host.lines, []);
  });

  it('does not wait when waiting cannot help', async () => {
    const { wait, probe } = setUp(() => wrongAuthority);
    await assert.rejects(wait(60), isProblem(/^caCert: .*not signed by the authority/));
    assert.equal(probe.limits.length, 1);
  });

  it('ends as cancelled, not as a failed look, when the step is cancelled', async () => {
    const abort = new AbortController();
    const answer = (): ProbeOutcome => {
      abort.abort();
      return connectionRefused;
    };
    const { wait } = setUp(answer, { abort });
    await assert.rejects(wait(60), CancelledError);
  });
});

describe('waiting for several daemons', () => {
  const three = ['tcp://a:1', 'tcp://b:1', 'tcp://c:1'];

  it('ends with the first look when each group has one that is up', async () => {
    const { wait, probe } = setUp((_, host) => (host === 'b' ? connectionRefused : daemonUp), {
      endpoints: three,
    });
    const [group] = await wait(60);
    assert.equal(probe.limits.length, 3);
    assert.deepEqual(
      group?.replicas.map(({ facts, trouble }) => [facts !== undefined, trouble?.problem.what]),
      [
        [true, undefined],
        [false, 'Nothing listens at tcp://b:1: the connection was refused.'],
        [true, undefined],
      ],
    );
  });

  it('goes on while one group has none', async () => {
    const endpoints = ['tcp://a:1 platforms=linux/amd64', 'tcp://b:1 platforms=linux/arm64'];
    const { wait, clock } = setUp(
      (elapsedMs, host) => (host === 'b' && elapsedMs < 4_000 ? connectionRefused : daemonUp),
      { endpoints },
    );
    const startMs = clock.now();
    assert.equal((await wait(60)).length, 2);
    assert.ok(clock.now() - startMs >= 4_000);
  });

  it('tells of every replica when all are down', async () => {
    const { wait } = setUp(() => connectionRefused, { endpoints: three });
    await assert.rejects(
      wait(0),
      (error: unknown) => error instanceof UserError && error.problems.length === 3,
    );
  });

  it('does not wait for a group whose daemons will never be usable', async () => {
    const endpoints = ['tcp://a:1 platforms=linux/amd64', 'tcp://b:1 platforms=linux/arm64'];
    const { wait, probe } = setUp(
      (_, host) => (host === 'b' ? wrongAuthority : connectionRefused),
      { endpoints },
    );
    await assert.rejects(wait(60), isProblem(/not signed by the authority/));
    assert.equal(probe.limits.length, 2);
  });

  it('asks DNS anew with each look, as pods come into it when they are ready', async () => {
    let asked = 0;
    const record = { target: 'b-0.b', port: 1234, priority: 0 };
    const resolver = {
      ...fakeResolver(),
      services: () => {
        asked += 1;
        const records = asked < 3 ? [] : [record];
        return Promise.resolve({ kind: 'found', records } as const);
      },
    };
    const endpoints = ['srv+tcp://_grpc._tcp.b.ci'];
    const { wait, host } = setUp(() => daemonUp, { endpoints, resolver });
    const [group] = await wait(60);
    assert.deepEqual(
      group?.replicas.map(({ name }) => name),
      ['b-0.b'],
    );
    assert.match(host.lines.join('\n'), /^Waiting .* The DNS name in srv\+tcp:.* names no target/);
  });

  it('ends with the sentence about DNS when the name never leads anywhere', async () => {
    const { wait } = setUp(() => daemonUp, { endpoints: ['srv+tcp://_grpc._tcp.b.ci'] });
    await assert.rejects(wait(0), isProblem(/^endpoints: The DNS name in .* has no SRV record/));
  });

  it('gives ssh and kubectl time to connect, even for one look', async () => {
    const { wait, probe } = setUp(() => daemonUp, { endpoints: ['ssh://ci@host'] });
    await wait(0);
    assert.deepEqual(
      probe.limits.map((limit) => Math.round(limit / 1000)),
      [10],
    );
  });
});
