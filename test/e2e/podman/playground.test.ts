import assert from 'node:assert/strict';
import { mkdtemp, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import getPort from 'get-port';
import { makeBlackHole } from '../../../scripts/lib/faults/black-hole.ts';
import { reachablePort } from '../../../scripts/lib/playground/free-port.ts';
import type { Playground } from '../../../scripts/lib/playground/options.ts';
import { startPlayground } from '../../../scripts/lib/playground/start-playground.ts';
import { architecturesOf } from '../../support/registry-index.ts';
import { mustRun, runTool, until } from '../../support/run-tool.ts';
import { processesNaming, tracesOf } from '../../support/traces.ts';

const credentials = { username: 'ci', password: 'correct horse' };
// As root inside a container: crun does not get along with mixed cgroups, default limits are refused.
const limits = ['--ulimit', 'nofile=20000:20000', '--ulimit', 'nproc=1000:1000'];
const podmanRun = ['podman', 'run', '--runtime', 'runc', ...limits] as const;

describe('A playground', function () {
  this.timeout(60_000);
  let folder: string;
  let playground: Playground;
  let environment: Record<string, string>;

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'playground-'));
    playground = await startPlayground({
      stateDir: join(folder, 'state'),
      builders: [{ name: 'plain' }, { name: 'secure', tls: true }],
      registries: [
        { name: 'plain', storageDir: join(folder, 'kept') },
        { name: 'guarded', credentials },
        { name: 'secure', tls: true },
      ],
    });
    const docker = join(folder, 'docker');
    await mkdir(docker);
    environment = { ...playground.environment, DOCKER_CONFIG: docker, BUILDX_CONFIG: docker };
  });

  after(async () => {
    await playground.stop();
    await rm(folder, { recursive: true, force: true });
  });

  it('takes no port whose connections a firewall rule does not let through', async () => {
    const hole = await makeBlackHole();
    try {
      const lost = Number(new URL(hole.url).port);
      const free = await getPort({ host: '127.0.0.1' });
      const next = [lost, free].values();
      assert.equal(await reachablePort(() => Promise.resolve(next.next().value ?? 0)), free);
      await assert.rejects(
        reachablePort(() => Promise.resolve(lost)),
        /No connection to 127\.0\.0\.1/,
      );
    } finally {
      await hole.remove();
    }
  });

  it('lets only clients of its own authority use a builder with TLS', async () => {
    const { address, certificates } = playground.builder('secure');
    assert.ok(certificates);
    const { ca, cert, key, otherCa, otherCert, otherKey } = certificates;
    const ask = (trusted: string, shown: string, secret: string) => {
      const tls = ['--tlscacert', trusted, '--tlscert', shown, '--tlskey', secret];
      return runTool(['buildctl', '--addr', address, ...tls, 'debug', 'workers'], environment);
    };
    assert.match((await ask(ca, cert, key)).output, /linux\/amd64.*linux\/arm64|arm64.*amd64/);
    assert.equal((await ask(ca, otherCert, otherKey)).exitCode, 1);
    assert.match((await ask(otherCa, cert, key)).output, /signed by unknown authority/);
  });

  it('builds for both architectures from the mirror and pushes to each kind of registry', async () => {
    await writeFile(join(folder, 'Dockerfile'), 'FROM busybox:1\nRUN uname -m > /architecture\n');
    await attach('plain');
    const hosts = ['plain', 'guarded', 'secure'].map((name) => playground.registry(name).host);
    await logIn(playground.registry('guarded').host);
    const tags = hosts.flatMap((host) => ['--tag', `${host}/team/app:1`]);
    const argv = ['--platform', 'linux/amd64,linux/arm64', '--provenance=false', ...tags];
    await mustRun(['buildx', 'build', '--push', ...argv, folder], environment);
    for (const name of ['plain', 'guarded', 'secure']) {
      const known = name === 'guarded' ? credentials : undefined;
      const found = await architecturesOf(playground.registry(name), 'team/app:1', known);
      assert.deepEqual(found, ['amd64', 'arm64'], name);
    }
  });

  it('refuses a push without the password', async () => {
    const { host } = playground.registry('guarded');
    const response = await fetch(`http://${host}/v2/team/app/blobs/uploads/`, { method: 'POST' });
    assert.equal(response.status, 401);
  });

  it('gives Podman its registries, the plain one and the one with TLS, and a store of its own', async () => {
    for (const name of ['plain', 'secure']) {
      const image = `${playground.registry(name).host}/team/app:1`;
      const output = await mustRun(
        [...podmanRun, '--rm', image, 'cat', '/architecture'],
        environment,
      );
      assert.match(output, /^(x86_64|aarch64)$/m);
    }
    const store = await mustRun(
      ['podman', 'info', '--format', '{{.Store.GraphRoot}}'],
      environment,
    );
    assert.ok(store.startsWith(folder), store);
  });

  it('serves a PostgreSQL that runs its scripts, answers, keeps its word on passwords and stops by itself', async () => {
    const refused = await runTool([...podmanRun, '--rm', 'postgres:15'], environment);
    assert.equal(refused.exitCode, 1);
    assert.match(refused.output, /superuser password is not specified/);

    const scripts = join(folder, 'scripts');
    await mkdir(scripts);
    await writeFile(join(scripts, '1.sql'), 'create table things (name text);');
    await writeFile(
      join(scripts, '2.sh'),
      `psql -U "$POSTGRES_USER" -d "$POSTGRES_DB" -c "insert into things values ('one')"`,
    );
    const variables = [
      '-e',
      'POSTGRES_USER=app',
      '-e',
      'POSTGRES_PASSWORD=x',
      '-e',
      'POSTGRES_DB=shop',
    ];
    const options = ['--detach', '--name', 'database', ...variables];
    const mount = ['-v', `${scripts}:/docker-entrypoint-initdb.d:ro`];
    await mustRun([...podmanRun, ...options, ...mount, 'postgres:15'], environment);
    const inside = ['podman', 'exec', 'database'] as const;
    await until(async () => {
      const probe = [...inside, 'pg_isready', '-h', '127.0.0.1', '-U', 'app'] as const;
      return (await runTool([...probe], environment)).exitCode === 0;
    }, 'pg_isready');
    const query = ['psql', '-U', 'app', '-d', 'shop', '-Atc', 'select name from things'];
    assert.equal(await mustRun([...inside, ...query], environment), 'one');
    await mustRun(['podman', 'stop', 'database'], environment);
    assert.match(
      (await runTool(['podman', 'logs', 'database'], environment)).output,
      /fast shutdown/,
    );
    // 137 when it had to be killed.
    const exitCode = ['podman', 'inspect', '--format', '{{.State.ExitCode}}', 'database'] as const;
    assert.equal(await mustRun([...exitCode], environment), '0');
  });

  it('serves a Redis that other containers may use', async () => {
    await mustRun([...podmanRun, '--detach', '--name', 'cache', 'redis:7'], environment);
    await until(async () => {
      const ping = await runTool(['podman', 'exec', 'cache', 'redis-cli', 'ping'], environment);
      return ping.output === 'PONG';
    }, 'redis-cli ping');
    const address = [
      'podman',
      'inspect',
      '--format',
      '{{.NetworkSettings.IPAddress}}',
      'cache',
    ] as const;
    const host = await mustRun([...address], environment);
    const client = [
      ...podmanRun,
      '--rm',
      'redis:7',
      'redis-cli',
      '-h',
      host,
      'set',
      'a',
      '1',
    ] as const;
    assert.equal(await mustRun([...client], environment), 'OK');
  });

  it('restarts a builder on the address it had', async () => {
    const builder = playground.builder('plain');
    const { address, pid } = builder;
    await builder.stop();
    const probe = ['buildctl', '--addr', address, 'debug', 'workers'] as const;
    assert.equal((await runTool([...probe], environment)).exitCode, 1);
    await builder.start();
    assert.notEqual(builder.pid, pid);
    await mustRun([...probe], environment);
  });

  it('stops a builder in the middle of a build, and the step that it runs', async () => {
    const builder = playground.builder('plain');
    await writeFile(join(folder, 'Dockerfile'), `FROM busybox:1\nRUN sleep 9${process.pid}\n`);
    const local = ['--local', `context=${folder}`, '--local', `dockerfile=${folder}`];
    const build = ['build', '--frontend', 'dockerfile.v0', ...local] as const;
    const building = runTool(['buildctl', '--addr', builder.address, ...build], environment);
    const step = () => processesNaming(`sleep\x009${process.pid}`);
    await until(() => Promise.resolve(step().length > 0), 'the step of the build');
    await builder.stop();
    assert.deepEqual(step(), []);
    assert.notEqual((await building).exitCode, 0);
    await builder.start();
  });

  it('is alone in its state folder', async () => {
    const stateDir = join(folder, 'state');
    await assert.rejects(startPlayground({ stateDir, builders: [], registries: [] }), /still runs/);
  });

  it('leaves no process, mount, cgroup, container, certificate or password after its end', async () => {
    await playground.stop();
    await playground.stop();
    const stateDir = join(folder, 'state');
    assert.deepEqual(tracesOf(stateDir), []);
    const left = await mustRun(['find', stateDir, '-not', '-path', '*/podman/*'], environment);
    assert.doesNotMatch(left, /\.pem|htpasswd|owner|config/);
    assert.equal(
      await readFile(join(stateDir, 'podman', 'overlay-containers', 'containers.json'), 'utf8'),
      '[]',
    );
    const kept = await mustRun(['find', join(folder, 'kept'), '-name', 'link'], environment);
    assert.match(kept, /team\/app/);
  });

  async function attach(name: string): Promise<void> {
    const { address } = playground.builder(name);
    const argv = [
      'buildx',
      'create',
      '--use',
      '--name',
      name,
      '--driver',
      'remote',
      address,
    ] as const;
    await mustRun([...argv], environment);
  }

  async function logIn(host: string): Promise<void> {
    const auth = Buffer.from(`${credentials.username}:${credentials.password}`).toString('base64');
    const config = JSON.stringify({ auths: { [host]: { auth } } });
    await writeFile(join(folder, 'docker', 'config.json'), config, { mode: 0o600 });
  }
});
