import assert from 'node:assert/strict';
import { type AttachOptions, parseOptions } from '../../../cli/options.ts';
import { runCommand } from '../../../cli/run-command.ts';
import { usage } from '../../../cli/usage.ts';
import { describeProblem } from '../../../src/core/errors.ts';
import type { ProbeOutcome } from '../../../src/ports/builder-probe.ts';
import { fakeBuildx } from '../../support/fake-buildx.ts';
import { fakeClock } from '../../support/fake-clock.ts';
import { fakeFetcher } from '../../support/fake-fetcher.ts';
import { FakeFiles } from '../../support/fake-files.ts';
import { FakeHost } from '../../support/fake-host.ts';
import { fakeHttp } from '../../support/fake-http.ts';
import { connectionRefused, daemonUp, fakeProbe } from '../../support/fake-probe.ts';
import { fakeResolver } from '../../support/fake-resolver.ts';

function optionsOf(
  args: readonly string[],
  environment: Record<string, string> = {},
): AttachOptions {
  const options = parseOptions(args, { HOME: '/home/agent', ...environment }, '/azp');
  assert.ok(options.ok, JSON.stringify(options));
  return options.value;
}

describe('the options of daemonless attach', () => {
  it('are the inputs of the task, from options or the environment; the option wins', () => {
    const environment = { DAEMONLESS_CONNECT_TIMEOUT: '5', DAEMONLESS_CA_CERT: '/ca.pem' };
    const { inputs } = optionsOf(['--connect-timeout', '7'], environment);
    assert.deepEqual([inputs.connectTimeout, inputs.caCert], [7, '/ca.pem']);
  });

  it('take a list by repeating the option', () => {
    const { inputs } = optionsOf(['--endpoints', 'tcp://a:1', '--endpoints', 'tcp://b:1 name=b']);
    assert.deepEqual(inputs.endpoints, ['tcp://a:1', 'tcp://b:1 name=b']);
  });

  it('have places and limits of their own', () => {
    const { agentRoot, stateFolder, timeLimit, strict } = optionsOf([]);
    assert.deepEqual(
      [agentRoot, stateFolder, timeLimit, strict],
      ['/azp', '/home/agent/.local/state/daemonless-pipelines', 120, false],
    );
    assert.equal(optionsOf(['--agent-root', 'agent']).agentRoot, '/azp/agent');
  });

  it('are refused with what is wrong', () => {
    const wrong = parseOptions(['--connect-timeout', 'soon'], {}, '/azp');
    assert.ok(!wrong.ok);
    assert.match(
      wrong.problems.map(describeProblem).join(),
      /connectTimeout: Expected a whole number/,
    );
    assert.throws(() => parseOptions(['--bogus'], {}, '/azp'), /Unknown option '--bogus'/);
    assert.ok(!parseOptions(['--time-limit', 'x'], {}, '/azp').ok);
  });

  it('are all in the help text', () => {
    assert.match(
      usage().join('\n'),
      /--connect-timeout VALUE +Connect timeout .*DAEMONLESS_CONNECT_TIMEOUT/,
    );
  });
});

function started(outcome: ProbeOutcome, existing: Readonly<Record<string, string>> = {}) {
  const host = new FakeHost({ tempDirectory: '/state' });
  const files = new FakeFiles(existing);
  const clock = fakeClock(Date.now());
  const ports = {
    ...{ host, files, clock, commands: fakeBuildx(), probe: fakeProbe(clock, () => outcome) },
    ...{ resolver: fakeResolver(), fetcher: fakeFetcher(), http: fakeHttp() },
    cancellation: new AbortController().signal,
  };
  const run = (...args: string[]) =>
    runCommand(['attach', '--connect-timeout', '0', ...args], { HOME: '/h' }, '/azp', () => ports);
  const runOther = (command: string) => runCommand([command], {}, '/azp', () => ports);
  const textOf = (path: string) => files.entries.get(path)?.text;
  return { run, runOther, host, textOf };
}

const endpoint = ['--endpoints', 'tcp://127.0.0.1:1234'];

describe('daemonless attach', () => {
  it('tells the agent what it can do, and which builder its jobs have', async () => {
    const { run, textOf } = started(daemonUp, { '/azp/.capabilities': 'java=17\n' });
    assert.equal(await run(...endpoint), 0);
    assert.equal(
      textOf('/azp/.capabilities'),
      'java=17\nbuildkit=0.32.2\nbuildkit.platforms=linux/amd64,linux/arm64\nbuildx=0.36.1\n',
    );
    assert.match(
      textOf('/azp/.env') ?? '',
      /^BUILDX_BUILDER=daemonless\nBUILDX_CONFIG=\/state\/daemonless\/buildx-\S+\n$/,
    );
  });

  it('lets the agent start without a daemon, and takes back what an earlier start told', async () => {
    const before = {
      '/azp/.capabilities': 'java=17\nbuildkit=0.32.2\n',
      '/azp/.env': 'BUILDX_BUILDER=x\n',
    };
    const { run, host, textOf } = started(connectionRefused, before);
    assert.equal(await run(...endpoint), 0);
    assert.match(
      host.warnings.join('\n'),
      /^--endpoints: Nothing listens at .*\n.*starts all the same/,
    );
    assert.deepEqual([textOf('/azp/.capabilities'), textOf('/azp/.env')], ['java=17\n', '']);
  });

  it('fails without a daemon when it is strict, and then only', async () => {
    assert.equal(await started(connectionRefused).run(...endpoint, '--strict'), 1);
    assert.equal(await started(daemonUp).run('--bogus', '--strict'), 1);
    assert.equal(await started(daemonUp).run('--bogus'), 0);
  });

  it('tells nobody anything in a dry run', async () => {
    const { run, textOf, host } = started(daemonUp);
    assert.equal(await run(...endpoint, '--dry-run', 'true'), 0);
    assert.equal(textOf('/azp/.capabilities'), undefined);
    assert.match(host.lines.join('\n'), /^Dry run: /m);
  });

  it('shows its help, and knows no other command', async () => {
    const { run, runOther, host } = started(daemonUp);
    assert.equal(await run('--help'), 0);
    assert.match(host.lines[0] ?? '', /^Usage: daemonless attach/);
    assert.equal(await runOther('detach'), 1);
  });
});
