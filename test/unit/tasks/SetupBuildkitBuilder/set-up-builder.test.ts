import assert from 'node:assert/strict';
import {
  type KeyPair,
  createAuthority,
  issue,
} from '../../../../scripts/lib/playground/certificates.ts';
import { UserError } from '../../../../src/core/errors.ts';
import type { ProbeOutcome } from '../../../../src/ports/builder-probe.ts';
import { taskInputs } from '../../../../tasks/SetupBuildkitBuilder/inputs.generated.ts';
import type { Inputs } from '../../../../tasks/SetupBuildkitBuilder/inputs.ts';
import { removeBuilder } from '../../../../tasks/SetupBuildkitBuilder/remove-builder.ts';
import task from '../../../../tasks/SetupBuildkitBuilder/task.json' with { type: 'json' };
import { setUpBuilder } from '../../../../tasks/SetupBuildkitBuilder/set-up-builder.ts';
import { defaultInputs } from '../../../support/default-inputs.ts';
import { fakeBuildx } from '../../../support/fake-buildx.ts';
import { fakeClock } from '../../../support/fake-clock.ts';
import { fakeFetcher } from '../../../support/fake-fetcher.ts';
import { FakeFiles } from '../../../support/fake-files.ts';
import { FakeHost } from '../../../support/fake-host.ts';
import { connectionRefused, daemonUp, fakeProbe } from '../../../support/fake-probe.ts';
import { fakeResolver } from '../../../support/fake-resolver.ts';

const defaults: Inputs = {
  ...defaultInputs(taskInputs),
  endpoints: ['tcp://127.0.0.1:1234'],
  connectTimeout: 0,
  builderName: 'ci',
};

function setUp(given: Partial<Inputs> = {}, outcome: ProbeOutcome = daemonUp) {
  const host = new FakeHost({ tempDirectory: '/temp', variables: { 'Build.BuildId': '7' } });
  const files = new FakeFiles();
  const clock = fakeClock(Date.now());
  const commands = fakeBuildx();
  const ports = { host, files, clock, commands, cancellation: new AbortController().signal };
  const probe = fakeProbe(clock, () => outcome);
  const resolver = fakeResolver();
  const run = () =>
    setUpBuilder({ ...defaults, ...given }, { ...ports, probe, resolver, fetcher: fakeFetcher() });
  return { run, host, files, commands, ports, probe };
}

const left = (files: FakeFiles) => [...files.entries.keys(), ...files.folders.keys()];

describe('setting up a builder', () => {
  it('gives later steps the builder and all outputs', async () => {
    const { run, host } = setUp();
    await run();
    const store = host.variables.get('BUILDX_CONFIG') ?? '';
    assert.match(store, /^\/temp\/daemonless\/buildx-7-/);
    assert.equal(host.variables.get('BUILDX_BUILDER'), 'ci');
    assert.deepEqual(Object.fromEntries(host.outputs), {
      builderName: 'ci',
      driver: 'remote',
      endpoint: 'tcp://127.0.0.1:1234',
      replica: '127.0.0.1:1234',
      platforms: 'linux/amd64,linux/arm64',
      emulatedPlatforms: 'linux/arm64',
      buildkitVersion: '0.32.2',
      buildxVersion: '0.36.1',
      buildxConfig: store,
      nodes: JSON.stringify([
        {
          ...{ name: 'ci-0', replica: '127.0.0.1:1234', endpoint: 'tcp://127.0.0.1:1234' },
          ...{ platforms: ['linux/amd64', 'linux/arm64'], emulatedPlatforms: ['linux/arm64'] },
          ...{ buildkitVersion: '0.32.2', hostname: 'buildkitd-0' },
          ...{ rank: 1, reason: 'there is no other' },
          ...{ runningBuilds: 1, cacheSize: 1_500_000_000, cacheLimit: 20_000_000_000 },
        },
      ]),
    });
  });

  it('sets nothing that task.json does not declare: the agent would drop it', async () => {
    const { run, host } = setUp();
    await run();
    const allowed: readonly string[] = task.restrictions.settableVariables.allowed;
    const declared = task.outputVariables.map(({ name }) => name);
    assert.deepEqual([...host.outputs.keys()].sort(), [...declared].sort());
    assert.deepEqual(
      [...host.outputs.keys(), ...host.variables.keys(), 'PATH'].sort(),
      [...allowed].sort(),
    );
  });

  it('leaves the variables of later steps alone when setDefault is false', async () => {
    const { run, host } = setUp({ setDefault: false });
    await run();
    assert.equal(host.variables.size, 0);
    assert.equal(host.outputs.get('builderName'), 'ci');
  });

  it('warns of plain TCP that others can reach, and not of loopback', async () => {
    const far = setUp({ endpoints: ['tcp://buildkitd.ci:1234'] });
    await far.run();
    assert.match(far.host.warnings.join(), /^endpoints: tcp:\/\/buildkitd\.ci:1234 is plain TCP/);
    const near = setUp();
    await near.run();
    assert.deepEqual(near.host.warnings, []);
  });

  it('creates nothing when the daemon cannot be used', async () => {
    const { run, files, commands } = setUp({}, connectionRefused);
    await assert.rejects(run(), UserError);
    assert.deepEqual(left(files), []);
    assert.deepEqual(
      commands.commands.map(({ args }) => args[0]),
      ['version'],
    );
  });

  it('starts nothing when inputs are wrong, and tells those of the files, too', async () => {
    const { run, commands, probe } = setUp({ endpoints: ['b'], caCert: '/no/ca.pem' });
    await assert.rejects(run(), /endpoints: .*\ncaCert: .*there is no file \/no\/ca\.pem/);
    assert.deepEqual([commands.commands, probe.limits], [[], []]);
  });

  it('says which task brings a secure file into the job', async () => {
    const { run } = setUp({ caCert: 'secureFile:ca.pem' });
    const sentence =
      /caCert: .*not downloaded the secure file "ca\.pem"\. Add the task DownloadSec/;
    await assert.rejects(run(), sentence);
  });

  it('prints the plan in a dry run, and touches nothing', async () => {
    const { run, host, files, probe } = setUp({ dryRun: true });
    await run();
    const shown = host.lines.join('\n');
    assert.match(shown, /look at tcp:\/\/127\.0\.0\.1:1234 \(plain TCP\) for at most 0 s/);
    assert.match(shown, /choose ci-0 for all platforms by affinity/);
    assert.match(shown, /create ci in \/temp\S+ with buildx 0\.36\.1, driver remote:$/m);
    assert.match(
      shown,
      /BUILDX_CONFIG=\/temp\S+ buildx create --name ci --node ci-0 --driver remote tcp:\/\/127\.0\.0\.1:1234$/m,
    );
    assert.deepEqual(
      [left(files), probe.limits, host.outputs.size, host.variables.size],
      [[], [], 0, 0],
    );
  });
});

describe('certificates given as text', () => {
  let ca: KeyPair;
  let client: KeyPair;

  before(async () => {
    ca = await createAuthority('Test CA');
    client = await issue('client', 'clientAuth', ca);
  });

  const withText = () =>
    setUp({
      caCert: ca.cert,
      clientCert: client.cert,
      clientKey: client.key.replaceAll('\n', '\\n'),
    });

  it('lie in files that only the agent can read, and buildx gets their paths', async () => {
    const { run, files, commands } = withText();
    await run();
    const [keyPath] = [...files.entries.keys()].filter((path) => path.endsWith('/key.pem'));
    assert.ok(keyPath !== undefined);
    assert.equal(files.entries.get(keyPath)?.mode, 0o600);
    assert.match(files.entries.get(keyPath)?.text ?? '', /^-----BEGIN PRIVATE KEY-----\n.{64}\n/);
    assert.ok(commands.commands.some(({ args }) => args.includes(`key=${keyPath}`)));
  });

  it('never show the key in a line, an argument or the record, and mask it', async () => {
    const { run, host, files, commands } = withText();
    await run();
    const line = client.key.split('\n')[1] ?? '';
    const record = [...files.entries].filter(([path]) => path.endsWith('.json'));
    assert.equal(record.length, 2);
    assert.ok(host.masked.includes(line));
    assert.ok(!JSON.stringify([host.lines, commands.commands, record]).includes(line));
  });

  it('are gone with everything else after the post-job step, which may run twice', async () => {
    const { run, host, files, ports } = withText();
    await run();
    await removeBuilder(ports);
    assert.deepEqual(left(files), []);
    await removeBuilder(ports);
    assert.match(host.lines.at(-1) ?? '', /no builder to remove/);
  });
});
