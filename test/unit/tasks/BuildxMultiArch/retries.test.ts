import assert from 'node:assert/strict';
import { failoverRecord } from '../../../../src/core/routing/failover-record.ts';
import type { Command } from '../../../../src/core/command.ts';
import { UserError } from '../../../../src/core/errors.ts';
import { buildImage } from '../../../../tasks/BuildxMultiArch/build-image.ts';
import {
  type BuildPorts,
  type FakeBuild,
  type FakeBuildx,
  buildPorts,
  inputsWith,
} from '../../../support/build-ports.ts';

const good: FakeBuild = { build: 'two-platforms', exitCode: 0 };
const lost: FakeBuild = { build: 'daemon-killed', exitCode: 1 };
const broken: FakeBuild = { build: 'failing-step', exitCode: 1 };
const busy: FakeBuild = { build: 'push-failed', exitCode: 1 };

/** Each build in turn; the last one goes on. */
const inTurn = (...builds: readonly FakeBuild[]): ((command: Command) => FakeBuild) => {
  let at = 0;
  return () => builds[Math.min(at++, builds.length - 1)] ?? good;
};

const first = 'tcp://buildkitd:1234';
const second = 'tcp://buildkitd-2:1234';
const recordFile = '/t/buildx/daemonless/ci.json';

/** Ports with the record of a builder on one node with two replicas. */
const portsWith = (buildx: FakeBuildx): BuildPorts => {
  const ports = buildPorts(buildx);
  const plan = (endpoint: string) => ({ name: 'ci0', platforms: [], endpoint });
  const nodes = [
    [
      { replica: 'buildkitd-1', plan: plan(first) },
      { replica: 'buildkitd-2', plan: plan(second) },
    ],
  ];
  const text = JSON.stringify(failoverRecord('ci', nodes, { file: 'buildx', version: '0.36.1' }));
  ports.files.entries.set(recordFile, { text, mode: 0o600 });
  return ports;
};

const calls = (ports: BuildPorts, verb: string): readonly Command[] =>
  ports.commands.commands.filter(({ args }) => args[0] === verb);

const failureOf = async (ports: BuildPorts, inputs = inputsWith()): Promise<string> => {
  const error: unknown = await buildImage(inputs, ports).catch((thrown: unknown) => thrown);
  assert.ok(error instanceof UserError);
  return error.message;
};

describe('kept cache mounts', () => {
  it('are looked at again on the replica that takes over, before the build starts there', async () => {
    const ports = portsWith({ play: inTurn(good, lost, good) });
    const kept = { cacheMounts: ['packages'], cacheRepository: 'my.azurecr.io/cache' };
    await buildImage(inputsWith({ ...kept, strategy: 'single' }), ports);
    const told = ports.commands.commands.flatMap(({ args, stdin }) => {
      if (args[0] === 'create') return ['move'];
      if (args[0] !== 'build') return [];
      return [stdin === undefined ? 'build' : 'look'];
    });
    assert.deepEqual(told, ['look', 'build', 'move', 'look', 'build', 'look']);
  });
});

describe('a build on the builder of SetupBuildkitBuilder', () => {
  it('trusts the buildx that made it, and looks for none, also after it moved', async () => {
    const ports = portsWith({ play: inTurn(lost, good) });
    await buildImage(inputsWith(), ports);
    await buildImage(inputsWith(), ports);
    assert.equal(calls(ports, 'version').length, 0);
  });
});

describe('a build whose daemon goes away', () => {
  it('starts again on the next replica, and says so', async () => {
    const ports = portsWith({ play: inTurn(lost, good) });
    await buildImage(inputsWith(), ports);
    assert.equal(calls(ports, 'build').length, 2);
    assert.deepEqual(calls(ports, 'create')[0]?.args.slice(-3), ['--driver', 'remote', second]);
    assert.equal(ports.host.outputs.get('replica'), 'buildkitd-2');
    assert.deepEqual(ports.host.warnings.slice(0, 1), [
      'Replica buildkitd-1 went away: the build starts again on buildkitd-2 (retry 1 of 2).',
    ]);
  });

  it('leaves the other replica for later steps, too', async () => {
    const ports = portsWith({ play: inTurn(lost, good) });
    await buildImage(inputsWith(), ports);
    const record = ports.files.entries.get(recordFile)?.text ?? '';
    assert.ok(record.indexOf('buildkitd-2') < record.indexOf('buildkitd-1'));
  });

  it('fails when no other replica answers, and tells what was found', async () => {
    const ports = portsWith({ play: inTurn(lost), down: [first, second] });
    const message = await failureOf(ports);
    assert.match(message, /error reading from server: EOF\. No other replica can take over: /);
    assert.match(message, /Nothing listens at tcp:\/\/buildkitd-2:1234/);
    assert.equal(calls(ports, 'build').length, 1);
  });

  it('goes on there when it is back and there is no other', async () => {
    const ports = buildPorts({ play: inTurn(lost, good) });
    await buildImage(inputsWith(), ports);
    assert.equal(calls(ports, 'create').length, 0);
    assert.match(ports.host.warnings[0] ?? '', /answers again\. It is tried again in 1\.0 s/);
  });

  it('is tried as often as the user says', async () => {
    const ports = portsWith({ play: inTurn(lost) });
    await failureOf(ports, inputsWith({ retries: 1 }));
    assert.equal(calls(ports, 'build').length, 2);
    const never = portsWith({ play: inTurn(lost) });
    await failureOf(never, inputsWith({ retries: 0 }));
    assert.equal(calls(never, 'build').length, 1);
  });
});

describe('a builder whose daemon went away before the build', () => {
  it('is put on the next replica first', async () => {
    const ports = portsWith({ down: [first] });
    await buildImage(inputsWith(), ports);
    assert.equal(calls(ports, 'create').length, 1);
    assert.match(ports.host.warnings[0] ?? '', /goes on with replica buildkitd-2\.$/);
  });
});

describe('a build with a busy registry', () => {
  it('is tried again on the same replica after a pause', async () => {
    const ports = portsWith({ play: inTurn(busy, good) });
    await buildImage(inputsWith(), ports);
    assert.equal(calls(ports, 'create').length, 0);
    assert.equal(calls(ports, 'build').length, 2);
    assert.equal(ports.host.outputs.get('replica'), 'buildkitd-1');
  });
});

describe('a build with a mistake of the user', () => {
  it('is never tried again', async () => {
    const ports = portsWith({ play: inTurn(broken) });
    assert.match(await failureOf(ports), /failed with exit code 7/);
    assert.equal(calls(ports, 'build').length, 1);
  });
});

describe('steps of a build that was tried again', () => {
  it('are those of the last try alone', async () => {
    const once = portsWith({ play: inTurn(good) });
    const twice = portsWith({ play: inTurn(lost, good) });
    await buildImage(inputsWith(), once);
    await buildImage(inputsWith(), twice);
    const told = ({ host }: BuildPorts): string =>
      host.lines.find((line) => line.startsWith('User steps cached')) ?? '';
    assert.notEqual(told(once), '');
    assert.equal(told(twice), told(once));
  });
});

describe('a build that fails before its first step', () => {
  it('tells nothing of the cache', async () => {
    const ports = buildPorts({ build: 'missing-base', exitCode: 1 });
    const { host } = ports;
    await failureOf(ports);
    assert.ok(!host.lines.some((line) => line.startsWith('User steps cached')));
    assert.ok(!host.outputs.has('cacheShare'));
    const summary = ports.files.entries.get(host.summaries[0] ?? '')?.text ?? '';
    assert.match(summary, /failed/);
    assert.doesNotMatch(summary, /^\| Cached/m);
  });
});

describe('builds for several platforms, side by side', () => {
  const twoPlatforms = {
    platforms: 'linux/amd64,linux/arm64',
    cacheRepository: 'my.azurecr.io/cache',
  };

  it('are ended when one fails, whose error is the news', async () => {
    const ports = buildPorts({
      play: ({ args }) => (args.includes('linux/arm64') ? broken : good),
    });
    assert.match(await failureOf(ports, inputsWith(twoPlatforms)), /failed with exit code 7/);
  });

  it('are merged in a second try when the registry was busy', async () => {
    let merges = 0;
    const refused = 'ERROR: unexpected status from PUT request: 503 Service Unavailable';
    const ending = { kind: 'exited', exitCode: 1 } as const;
    const ports = buildPorts({
      onMerge: () => (++merges === 1 ? { stderr: refused, ending } : undefined),
    });
    await buildImage(inputsWith(twoPlatforms), ports);
    assert.equal(merges, 2);
    assert.match(ports.host.warnings.join('\n'), /503 Service Unavailable\. It is tried again/);
  });
});

describe('a build of which nothing is heard', () => {
  it('is ended, and what it was at is told', async () => {
    const ports = buildPorts({ play: inTurn({ build: 'daemon-killed', exitCode: 1 }) });
    const message = await failureOf(ports, inputsWith({ stallTimeout: 60 }));
    assert.match(
      message,
      /^Nothing was heard of the build for 60\.0 s, so it was ended; it was at /,
    );
    assert.match(message, /"stallTimeout"/);
  });
});
