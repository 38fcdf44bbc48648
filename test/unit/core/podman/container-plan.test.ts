import assert from 'node:assert/strict';
import { runCommand } from '../../../../src/core/podman/container-plan.ts';
import type { HostSettings } from '../../../../src/core/podman/host-settings.ts';
import { boundPorts, portChooser } from '../../../../src/core/podman/port-chooser.ts';
import { planProblems } from '../../../../src/core/podman/plan-problems.ts';
import { type PlanSettings, planServices } from '../../../../src/core/podman/plan-services.ts';
import { withoutUnheld } from '../../../../src/core/podman/unheld-limits.ts';
import { projectOf } from '../../../support/compose-text.ts';

const settings: PlanSettings = {
  owner: { job: '7-1-abc', project: '7-1-abc-f00d', agent: 'agent one' },
  ports: 'random',
  bindAddress: '127.0.0.1',
  hasInit: true,
  isMasked: (value) => value.includes('s3cret'),
  isHostNetwork: false,
  somePort: () => 20_001,
  portIn: portChooser([]),
};

/** 127.0.0.1:8000 listens, and somebody is connected to 8001. */
const listening = [
  '  sl  local_address rem_address   st',
  '   0: 0100007F:1F40 00000000:0000 0A 0',
  '   1: 0100007F:1F41 0100007F:1F40 01 0',
].join('\n');

function plan(keys: string, more: Partial<PlanSettings> = {}) {
  const text = `services:\n  db: {${keys.includes('image:') ? '' : 'image: postgres:15, '}${keys}}\nvolumes: {data: }`;
  return planServices(projectOf(text), { ...settings, ...more });
}

function command(keys: string, more: Partial<PlanSettings> = {}) {
  const [container] = plan(keys, more).containers;
  assert.ok(container);
  return runCommand(container, ['--ulimit', 'x=1'], true);
}

const lineOf = (keys: string, more: Partial<PlanSettings> = {}): string =>
  command(keys, more).args.join(' ');

function problemsOf(keys: string, more: Partial<PlanSettings> = {}): string {
  const { containers } = plan(keys, more);
  const found = planProblems(containers, more.ports ?? 'random', settings.isMasked);
  return found.map(({ where = '', what }) => `${where}: ${what}`).join('\n');
}

describe('the command for a service', () => {
  it('has everything that makes it ours, found again, and independent of systemd and proxies', () => {
    assert.deepEqual(command('command: [a, "b c"]'), {
      args: [
        ...['--detach', '--name', '7-1-abc-f00d-db', '--pull=never', '--no-healthcheck'],
        ...['--http-proxy=false', '--init', '--ulimit', 'x=1'],
        ...['--network', '7-1-abc-f00d:alias=db'],
        ...['--label', 'daemonless.job=7-1-abc', '--label', 'daemonless.agent=agent one'],
        ...['--label', 'com.docker.compose.project=7-1-abc-f00d'],
        ...['--label', 'com.docker.compose.service=db'],
        ...['docker.io/library/postgres:15', 'a', 'b c'],
      ],
      env: {},
    });
  });

  it('hands secrets over beside the arguments: by name, by form, or because they are masked', () => {
    const keys = `environment: {MODE: ci, DB_PASSWORD: a, URL: "postgres://u:p@db/x", K: "my s3cret", L: "http://x:80/@"}`;
    const { args, env } = command(keys);
    assert.deepEqual(env, { DB_PASSWORD: 'a', URL: 'postgres://u:p@db/x', K: 'my s3cret' });
    const values = args.filter((_, at) => args[at - 1] === '--env');
    assert.deepEqual(values, ['MODE=ci', 'DB_PASSWORD', 'URL', 'K', 'L=http://x:80/@']);
  });

  it('publishes on any free port of our address, or as the file declares', () => {
    const keys = 'ports: ["5432", "0.0.0.0:8080:80", "53:53/udp"]';
    assert.match(
      lineOf(keys),
      /--publish 127\.0\.0\.1::5432 --publish 127\.0\.0\.1::80 --publish 127\.0\.0\.1::53\/udp/,
    );
    assert.match(
      lineOf(keys, { ports: 'asDeclared', bindAddress: '::1' }),
      /--publish \[::1\]::5432 --publish 0\.0\.0\.0:8080:80 --publish \[::1\]:53:53\/udp/,
    );
  });

  it('mounts binds from where the file is, and volumes under names of the job', () => {
    const keys = 'volumes: ["./a:/a:ro", "../b:/b", "~/c:/c", "data:/d", "/e"], tmpfs: /t';
    const mounts = [
      '--volume /s/a:/a:ro --volume /b:/b --volume /home/a/c:/c',
      '--volume 7-1-abc-f00d-data:/d --volume /e --tmpfs /t',
    ];
    assert.ok(lineOf(keys).includes(mounts.join(' ')), lineOf(keys));
    assert.deepEqual(
      plan(keys).volumes.map(({ name }) => name),
      ['7-1-abc-f00d-data'],
    );
  });

  it('replaces the entrypoint with all its words, or takes it away', () => {
    assert.match(
      lineOf('entrypoint: [sh, -c], command: [x]'),
      /--entrypoint sh docker\.io\/library\/postgres:15 -c x$/,
    );
    assert.match(lineOf('entrypoint: [], command: [x]'), /--entrypoint {2}docker\.io\S+ x$/);
  });

  it('has an init unless the host has none or the service does not want it', () => {
    assert.match(lineOf('user: "1"'), / --init .* --user 1 /);
    assert.doesNotMatch(lineOf('init: false'), /--init/);
    assert.doesNotMatch(lineOf('user: "1"', { hasInit: false }), /--init/);
    assert.match(
      lineOf('init: true, working_dir: /w', { hasInit: false }),
      / --init .*--workdir \/w/,
    );
  });
});

describe('a service with several containers', () => {
  it('gives each a name and a port, and all the name of the service on the network', () => {
    const { containers } = plan('ports: ["8080-8081:80"], scale: 2', { ports: 'asDeclared' });
    assert.deepEqual(
      containers.map(({ title, name, publish, networks }) => [title, name, publish, networks]),
      ['', '-2'].map((end, at) => [
        ...[`db${end}`, `7-1-abc-f00d-db${end}`, [`127.0.0.1:${8080 + at}:80`]],
        ['--network', '7-1-abc-f00d:alias=db'],
      ]),
    );
  });

  it('takes free ports of a range that leaves a choice', () => {
    const portIn = portChooser(boundPorts(listening));
    const { containers } = plan('ports: ["8000-8010:80"], scale: 2', {
      ports: 'asDeclared',
      portIn,
    });
    const published = containers.map(({ publish }) => publish.join());
    assert.deepEqual(published, ['127.0.0.1:8001:80', '127.0.0.1:8002:80']);
    assert.equal(portChooser([8000, 8001])({ from: 8000, to: 8001 }), 8000);
  });

  it('needs a host port for each when the file names them', () => {
    const keys = 'ports: ["8080:80"], deploy: {replicas: 3}';
    assert.equal(problemsOf(keys), '');
    assert.match(
      problemsOf(keys, { ports: 'asDeclared' }),
      /^compose\.yaml:2: services\.db\.ports has one host port, 8080, for 3 containers\.$/,
    );
  });
});

describe('a server that tells its clients where they reach it', () => {
  const keys = `image: "apache/kafka:4.1.0", ports: ["9092"], environment: {AT: "OUTSIDE://{host}:{port:9092}"}`;

  it('knows its port on the agent before it starts', () => {
    const line = lineOf(keys, { bindAddress: '0.0.0.0' });
    assert.match(
      line,
      /--publish 0\.0\.0\.0:20001:9092 .*--env AT=OUTSIDE:\/\/127\.0\.0\.1:20001 /,
    );
    const declared = lineOf(keys.replace('"9092"', '"9999:9092"'), { ports: 'asDeclared' });
    assert.match(declared, /--publish 127\.0\.0\.1:9999:9092 .*127\.0\.0\.1:9999 /);
  });

  it("tells its own port on the agent's own network, where none is published", () => {
    const line = lineOf(`${keys}, network_mode: host`);
    assert.match(line, /--network host .*--env AT=OUTSIDE:\/\/127\.0\.0\.1:9092 /);
    assert.doesNotMatch(line, /--publish/);
    // Where Podman can make no network, the command is changed afterwards (onHostNetwork).
    assert.match(lineOf(keys, { isHostNetwork: true }), /AT=OUTSIDE:\/\/127\.0\.0\.1:9092 /);
  });

  it('is Kafka; the words of others stay as they are', () => {
    assert.match(lineOf(`${keys}, x-preset: none`), /127\.0\.0\.1::9092 .*\{host\}:\{port:9092\}/);
  });
});

describe('a plan that cannot be', () => {
  it('is asked by HTTP under a port that is not published', () => {
    assert.match(
      problemsOf('ports: ["80"], x-wait: {http: 81/health}'),
      /services\.db\.x-wait\.http asks port 81 from the agent, but it is not published/,
    );
    assert.equal(problemsOf('ports: ["80"], x-wait: {http: 80/health}'), '');
  });

  it('has an image that is none', () => {
    assert.equal(
      problemsOf('image: "Postgres 15"'),
      'compose.yaml:2: services.db.image expected an image reference, found "Postgres 15".',
    );
  });

  it('would show a secret in the process list', () => {
    const keys = `command: "run --key s3cret", entrypoint: s3cret, healthcheck: {test: [CMD, x, s3cret]}`;
    const found = problemsOf(keys);
    for (const key of ['command', 'entrypoint', 'healthcheck']) {
      assert.match(found, new RegExp(`services\\.db\\.${key} holds a secret`));
    }
    assert.match(problemsOf('healthcheck: {test: "x s3cret"}'), /healthcheck holds a secret/);
    assert.doesNotMatch(found, /s3cret/);
  });

  it('would let a secret steer Podman itself', () => {
    const keys = 'environment: {XDG_SECRET: a, CONTAINER_TOKEN: b, https_proxy: "http://u:p@h"}';
    assert.equal(problemsOf(keys).split('\n').length, 3);
  });

  it('publishes ports in the network of another container', () => {
    const shared = problemsOf('ports: ["80"], network_mode: "container:abc"');
    assert.match(shared, /db\.ports cannot be published with network_mode: container:abc, whose/);
    assert.equal(problemsOf('ports: ["80"], network_mode: host'), '');
  });
});

describe('the limits of a service', () => {
  const [container] = plan('mem_limit: 32m, cpus: 0.5, pids_limit: 9').containers;
  assert.ok(container);
  const kept = (settings: HostSettings): string =>
    withoutUnheld(container, settings).limits.join(' ');

  it('are those that the host can hold', () => {
    assert.equal(kept({}), '--memory 33554432b --cpus 0.5 --pids-limit 9');
    assert.equal(
      kept({ missingControllers: ['cpu', 'cpuset'] }),
      '--memory 33554432b --pids-limit 9',
    );
    assert.equal(kept({ withoutCgroups: true }), '');
  });
});
