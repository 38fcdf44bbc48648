import assert from 'node:assert/strict';
import { CancelledError, UserError } from '../../../../src/core/errors.ts';
import type { ProbeOutcome } from '../../../../src/ports/builder-probe.ts';
import { waitForDaemon } from '../../../../tasks/SetupBuildkitBuilder/wait-for-daemon.ts';
import { fakeClock } from '../../../support/fake-clock.ts';
import { FakeFiles } from '../../../support/fake-files.ts';
import { FakeHost } from '../../../support/fake-host.ts';
import { connectionRefused, daemonDown, daemonUp, fakeProbe } from '../../../support/fake-probe.ts';
import { noCommands } from '../../../support/fake-runner.ts';

const endpoint = { kind: 'tcp', url: 'tcp://b:1234', host: 'b', port: 1234 } as const;
const wrongAuthority = daemonDown({
  kind: 'error',
  code: 'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  message: '',
});

function setUp(answer: (elapsedMs: number) => ProbeOutcome, abort = new AbortController()) {
  const clock = fakeClock();
  const host = new FakeHost();
  const probe = fakeProbe(clock, answer);
  const others = { files: new FakeFiles(), commands: noCommands(), cancellation: abort.signal };
  const wait = (connectTimeoutSeconds: number) =>
    waitForDaemon({ endpoint, connectTimeoutSeconds }, undefined, {
      clock,
      host,
      probe,
      ...others,
    });
  return { wait, host, probe, clock };
}

const isProblem = (pattern: RegExp) => (error: unknown) =>
  error instanceof UserError && pattern.test(error.message);

describe('waiting for the daemon', () => {
  it('takes one look when the daemon is up', async () => {
    const { wait, probe } = setUp(() => daemonUp);
    assert.equal((await wait(60)).version, 'v0.32.2');
    assert.equal(probe.limits.length, 1);
  });

  it('goes on until a late daemon answers', async () => {
    const { wait } = setUp((elapsedMs) => (elapsedMs < 25_000 ? connectionRefused : daemonUp));
    assert.deepEqual((await wait(60)).platforms, ['linux/amd64', 'linux/arm64']);
  });

  it('tells every 10 s which endpoint it waits for and what it saw last', async () => {
    const { wait, host } = setUp((elapsedMs) =>
      elapsedMs < 25_000 ? connectionRefused : daemonUp,
    );
    await wait(60);
    assert.deepEqual(
      host.lines.map(
        (line) => /^Waiting for tcp:\/\/b:1234, (\d+) of 60 s\. Nothing listens/.exec(line)?.[1],
      ),
      ['0', '10', '20', undefined],
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
    assert.deepEqual(probe.limits, [900]);
    assert.deepEqual(host.lines, []);
  });

  it('does not wait when waiting cannot help', async () => {
    const { wait, probe } = setUp(() => wrongAuthority);
    await assert.rejects(wait(60), isProblem(/^caCert: .*not signed by the authority/));
    assert.equal(probe.limits.length, 1);
  });

  it('ends as cancelled, not as a failed look, when the step is cancelled', async () => {
    const abort = new AbortController();
    const { wait } = setUp(() => {
      abort.abort();
      return connectionRefused;
    }, abort);
    await assert.rejects(wait(60), CancelledError);
  });
});
