import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type BlackHole, makeBlackHole } from '../../scripts/lib/faults/black-hole.ts';
import { builtTasks } from '../support/built-tasks.ts';
import { type DnsServer, startDnsServer } from '../support/dns-server.ts';
import { killedByCreate } from '../support/killed-by-create.ts';
import { type ReplicaDaemon, startReplicas } from '../support/replica-daemons.ts';
import { mustRun } from '../support/run-tool.ts';
import { holdBuild } from '../support/held-build.ts';
import { type SetupRun, setUp } from '../support/setup-runs.ts';

const service = '_grpc._tcp.buildkitd.test';
/** What a step would take that waited for its dead replica, or for buildx to give up on one. */
const waitSeconds = 20;
const hosts = ['replica-0.buildkitd.test', 'replica-1.buildkitd.test', 'replica-2.buildkitd.test'];

describe('SetupBuildkitBuilder with three real replicas', function () {
  this.timeout(180_000);
  let folder: string;
  let replicas: readonly ReplicaDaemon[];
  let dns: DnsServer;
  let hole: BlackHole;

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'replicas-'));
    await builtTasks();
    replicas = await startReplicas(join(folder, 'daemons'), 3);
    const targets = hosts.map((host, at) => ({ host, port: replicas[at]?.port ?? 0 }));
    const services = { [service]: targets, '_nothing._tcp.buildkitd.test': [] };
    dns = await startDnsServer(join(folder, 'dns'), services);
    hole = await makeBlackHole();
  });

  after(async () => {
    await hole.remove();
    await dns.stop();
    await Promise.all(replicas.map((replica) => replica.stop()));
    await rm(folder, { recursive: true, force: true });
  });

  const attach = (
    inputs: Readonly<Record<string, string>>,
    environment: Readonly<Record<string, string>> = {},
  ): Promise<SetupRun> => {
    const given = {
      endpoints: `srv+tcp://${service}`,
      connectTimeout: String(waitSeconds),
      ...inputs,
    };
    return setUp({ folder, inputs: given, environment, launcher: dns.launcher });
  };

  const listed = (...extra: readonly string[]): string =>
    [...replicas.map(({ url }, at) => `${url} name=r${at}`), ...extra].join('\n');

  it('chooses one behind an SRV name by its stable name, and the same one for the next job', async () => {
    const environment = { BUILD_REPOSITORY_ID: 'orders' };
    const first = await attach({}, environment);
    const second = await attach({}, environment);
    assert.equal(first.exitCode, 0, first.output);
    const chosen = first.variables.get('replica') ?? '';
    assert.ok(hosts.includes(chosen), chosen);
    assert.equal(second.variables.get('replica'), chosen);
    assert.match(
      first.output,
      /^\S+-0 is replica-\d\.buildkitd\.test, rank 1 of 3: this repository/m,
    );
    assert.match(
      first.variables.get('endpoint') ?? '',
      /^tcp:\/\/replica-\d\.buildkitd\.test:\d+$/,
    );
  });

  it('spreads repositories over all of them', async () => {
    const found = new Set<string | undefined>();
    for (let number = 0; found.size < 3 && number < 20; number += 1) {
      const { variables } = await attach({ affinityKey: `repository ${number}` });
      found.add(variables.get('replica'));
    }
    assert.equal(found.size, 3);
  });

  it('refuses an SRV record without targets, and a name without records', async () => {
    const nothing = { endpoints: 'srv+tcp://_nothing._tcp.buildkitd.test', connectTimeout: '0' };
    const { errors } = await attach(nothing);
    assert.match(
      errors.join(),
      /^endpoints: The DNS name in srv\+tcp:\/\/_nothing\S+ names no target/,
    );
    const unknown = { endpoints: 'srv+tcp://_grpc._tcp.other.test', connectTimeout: '0' };
    assert.match((await attach(unknown)).errors.join(), /has no SRV record/);
  });

  it('does not wait for a dead one of three, and says which was skipped and why', async () => {
    const [first] = replicas;
    await first?.stop();
    try {
      const { exitCode, seconds, warnings, output } = await attach({ endpoints: listed() });
      assert.equal(exitCode, 0, output);
      assert.match(warnings.join(), new RegExp(`skipped: Nothing listens at ${first?.url ?? '-'}`));
      assert.ok(seconds < waitSeconds, `${seconds} s`);
    } finally {
      await first?.start();
    }
  });

  it('does not wait for a black-holed one either', async () => {
    const { seconds, warnings } = await attach({ endpoints: listed(hole.url) });
    assert.match(warnings.join(), /skipped: No connection to .* packets get lost on the way/);
    assert.ok(seconds < waitSeconds, `${seconds} s`);
  });

  it('says of a black-holed address alone that packets get lost', async () => {
    const { errors } = await attach({ endpoints: hole.url, connectTimeout: '0' });
    assert.match(errors.join(), /^endpoints: No connection to \S+ within 0\.7 s: packets get lost/);
  });

  it('tells of each when all are down', async () => {
    await Promise.all(replicas.map((replica) => replica.stop()));
    try {
      const { errors } = await attach({ connectTimeout: '0' });
      assert.equal(errors.length, 3, errors.join('\n'));
      for (const error of errors)
        assert.match(error, /^endpoints: Nothing listens at tcp:\/\/replica/);
    } finally {
      await Promise.all(replicas.map((replica) => replica.start()));
    }
  });

  it('goes over to the next when the chosen one is killed between probe and create', async () => {
    const [first] = replicas;
    const path = await killedByCreate(folder, first?.pid() ?? 0);
    try {
      const inputs = { endpoints: listed(), routing: 'ordered' };
      const run = await attach(inputs, { PATH: path });
      assert.equal(run.exitCode, 0, run.output);
      assert.match(run.warnings.join(), /answered a moment ago, but .* The next replica is used/);
      assert.equal(run.variables.get('replica'), 'r1');
      assert.match(await mustRun(['buildx', 'ls'], run.environment), /running/);
    } finally {
      await first?.stop();
      await first?.start();
    }
  });

  it('sends the excess to the second in rank, as buildx itself counts running builds', async () => {
    const inputs = { endpoints: listed(), affinityKey: 'busy', maxLoadFactor: '1' };
    const home = await attach(inputs);
    const build = await holdBuild(folder, home.environment);
    try {
      const history = ['history', 'ls', '--filter', 'status=running', '--format', 'json'] as const;
      const running = await mustRun(['buildx', ...history], home.environment);
      assert.equal(running.trim().split('\n').length, 1, running);
      const { output, variables } = await attach(inputs);
      assert.match(output, /rank 2 of 3: of higher rank are \S+ \(busy: 1 build\)\.$/m);
      assert.notEqual(variables.get('replica'), home.variables.get('replica'));
    } finally {
      await build.stop();
    }
  });

  it('makes a node of each group of platforms, and builds go where they belong', async () => {
    const [first, second] = replicas;
    const lines = [`${first?.url} platforms=linux/amd64`, `${second?.url} platforms=linux/386`];
    const run = await attach({ endpoints: lines.join('\n'), platforms: 'linux/amd64, linux/386' });
    assert.equal(run.exitCode, 0, run.output);
    assert.equal(run.variables.get('platforms'), 'linux/amd64,linux/386');
    const nodes = JSON.parse(run.variables.get('nodes') ?? '[]') as { endpoint: string }[];
    assert.deepEqual(
      nodes.map(({ endpoint }) => endpoint),
      [first?.url, second?.url],
    );
  });
});
