import assert from 'node:assert/strict';
import { runCommand } from '../../../cli/run-command.ts';
import { fakeBuildx } from '../../support/fake-buildx.ts';
import { fakeClock } from '../../support/fake-clock.ts';
import { fakeFetcher } from '../../support/fake-fetcher.ts';
import { FakeFiles } from '../../support/fake-files.ts';
import { FakeHost } from '../../support/fake-host.ts';
import { daemonUp, fakeProbe } from '../../support/fake-probe.ts';
import { FakeRegistry } from '../../support/fake-registry.ts';
import { fakeResolver } from '../../support/fake-resolver.ts';

const name = 'ci/orders';
const now = Date.parse('2026-06-01T00:00:00Z');
const login = Buffer.from('ci:pw').toString('base64');
const dockerConfig = JSON.stringify({ auths: { 'registry.test': { auth: login } } });

function started(registry: FakeRegistry) {
  const host = new FakeHost({ variables: { DOCKER_CONFIG: '/docker' } });
  const clock = fakeClock(now);
  const ports = {
    ...{ host, clock, commands: fakeBuildx(), probe: fakeProbe(clock, () => daemonUp) },
    ...{ resolver: fakeResolver(), fetcher: fakeFetcher(), http: registry },
    files: new FakeFiles({ '/docker/config.json': dockerConfig }),
    cancellation: new AbortController().signal,
  };
  const run = (...args: readonly string[]) =>
    runCommand(['prune', ...args], { DAEMONLESS_RULES: '- keepLast: 1' }, '/', () => ports);
  return { run, host };
}

describe('daemonless prune', () => {
  const filled = (): FakeRegistry => {
    const registry = new FakeRegistry({ actions: ['pull', 'delete'] });
    registry.pushImage(name, '1', new Date(now - 2));
    registry.pushImage(name, '2', new Date(now - 1));
    return registry;
  };
  const options = ['--registry-host', 'registry.test', '--repositories', 'ci/*'];

  it("is the task with docker's own logins: it only shows its plan until it is told to delete", async () => {
    const registry = filled();
    assert.equal(await started(registry).run(...options), 0);
    assert.deepEqual(registry.tags(name), ['1', '2']);
    assert.equal(await started(registry).run(...options, '--dry-run', 'false'), 0);
    assert.deepEqual(registry.tags(name), ['2']);
  });

  it('fails with the names of its options when something is wrong', async () => {
    const { run, host } = started(filled());
    const code = await run('--max-delete-percent', 'x', '--registry-host', 'registry.test');
    assert.equal(code, 1);
    const errors = host.lines.filter((line) => line.startsWith('##[error]'));
    assert.match(errors.join('\n'), /--max-delete-percent: Expected a whole number/);
    assert.match(errors.join('\n'), /--repositories: This input is required/);
    assert.equal(await run('--bogus'), 1);
    assert.equal(await run(...options, '--time-limit', 'x'), 1);
  });

  it('shows its options', async () => {
    const { run, host } = started(filled());
    assert.equal(await run('--help'), 0);
    assert.match(
      host.lines.join('\n'),
      /--protected-tags VALUE +Protected tags\. Or DAEMONLESS_PROTECTED_TAGS\./,
    );
    assert.doesNotMatch(host.lines.join('\n'), /--registry VALUE/);
  });
});
