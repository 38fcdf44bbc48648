import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type DnsServer, startDnsServer } from '../support/dns-server.ts';
import { type ReplicaDaemon, startReplicas } from '../support/replica-daemons.ts';
import { mustRun } from '../support/run-tool.ts';

const program = fileURLToPath(new URL('../support/route-keys.ts', import.meta.url));
const repositories = 2_000;
const limitMs = 60_000;
const host = (at: number): string => `replica-${at}.buildkitd.test`;

/** What the program tells of one SRV name: who answered, and each repository's replica. */
interface Homes {
  readonly ready: readonly string[];
  readonly homes: readonly string[];
}

describe(`${repositories} repositories over real daemons behind SRV names`, function () {
  this.timeout(240_000);
  let folder: string;
  let daemons: readonly ReplicaDaemon[];
  let dns: DnsServer;
  let three: Homes;

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'routing-'));
    daemons = await startReplicas(join(folder, 'daemons'), 4);
    const behind = (...numbers: readonly number[]) =>
      numbers.map((at) => ({ host: host(at), port: daemons[at]?.port ?? 0 }));
    dns = await startDnsServer(join(folder, 'dns'), {
      '_two._tcp.buildkitd.test': behind(0, 2),
      '_three._tcp.buildkitd.test': behind(0, 1, 2),
      '_four._tcp.buildkitd.test': behind(0, 1, 2, 3),
    });
    three = await homesBehind('_three._tcp.buildkitd.test');
  });

  after(async () => {
    await dns.stop();
    await Promise.all(daemons.map((daemon) => daemon.stop()));
    await rm(folder, { recursive: true, force: true });
  });

  const homesBehind = async (service: string): Promise<Homes> => {
    const [shell = '', ...rest] = dns.launcher;
    const node = [process.execPath, '--import', 'tsx', program, service, String(repositories)];
    return JSON.parse(await mustRun([shell, ...rest, ...node], {}, limitMs)) as Homes;
  };

  const movedTo = ({ homes }: Homes): readonly (readonly [from: string, to: string])[] =>
    homes.flatMap((to, at) => {
      const from = three.homes[at] ?? '';
      return from === to ? [] : [[from, to] as const];
    });

  it('are spread within 10 % of even', () => {
    assert.deepEqual([...three.ready].sort(), [host(0), host(1), host(2)]);
    assert.equal(three.homes.length, repositories);
    const even = repositories / 3;
    for (const name of three.ready) {
      const count = three.homes.filter((home) => home === name).length;
      assert.ok(Math.abs(count - even) <= even / 10, `${name} has ${count}`);
    }
  });

  it('stay where they are when a target leaves the record, but for its own', async () => {
    const two = await homesBehind('_two._tcp.buildkitd.test');
    assert.deepEqual([...two.ready].sort(), [host(0), host(2)]);
    const own = three.homes.filter((home) => home === host(1));
    assert.deepEqual(
      movedTo(two).map(([from]) => from),
      own,
    );
  });

  it('move to a target that comes into the record, at most 1/N + 5 % of them', async () => {
    const four = await homesBehind('_four._tcp.buildkitd.test');
    assert.equal(four.ready.length, 4);
    const moved = movedTo(four);
    assert.ok(moved.every(([, to]) => to === host(3)));
    assert.ok(moved.length > 0 && moved.length <= repositories * (1 / 4 + 0.05), `${moved.length}`);
  });

  it('stay where they are when a target does not answer, but for its own', async () => {
    await daemons[1]?.stop();
    try {
      const others = await homesBehind('_three._tcp.buildkitd.test');
      assert.deepEqual([...others.ready].sort(), [host(0), host(2)]);
      assert.ok(movedTo(others).every(([from]) => from === host(1)));
    } finally {
      await daemons[1]?.start();
    }
  });
});
