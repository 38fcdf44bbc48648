import assert from 'node:assert/strict';
import type { HttpOutcome } from '../../../../src/ports/http-client.ts';
import { UserError } from '../../../../src/core/errors.ts';
import { startServices } from '../../../../tasks/PodmanServices/start-services.ts';
import { answered, fakeHttp } from '../../../support/fake-http.ts';
import { type PodmanScript, exited } from '../../../support/fake-podman.ts';
import {
  type FakeStep,
  fakeStep,
  podmanLines,
  servicesInputs,
} from '../../../support/services-step.ts';

const open = '   0: 00000000:1538 00000000:0000 0A 0';

function step(keys: string, script?: PodmanScript): FakeStep {
  const made = fakeStep(`services:\n  db: {${keys}}\n`, script);
  made.files.entries.set('/proc/77/net/tcp', { text: open, mode: 0o444 });
  return made;
}

async function problemOf(ports: FakeStep, given = {}): Promise<string> {
  try {
    await startServices(servicesInputs({ waitTimeout: '30', ...given }), ports);
  } catch (error) {
    assert.ok(error instanceof UserError, String(error));
    return error.message;
  }
  throw new Error('it succeeded');
}

const start = (ports: FakeStep): Promise<void> => startServices(servicesInputs(), ports);

describe('a service is ready', () => {
  it('when it answers by HTTP as asked for, under its published port', async () => {
    const answers: HttpOutcome[] = [
      { kind: 'failed', code: 'ECONNREFUSED', message: 'connection refused' },
      answered(500),
      answered(204),
    ];
    const http = fakeHttp(() => answers.shift() ?? answered(204));
    const ports = { ...step('image: x, ports: ["5432"], x-wait: {http: 5432/health}'), http };
    await start(ports);
    assert.deepEqual(
      http.requests.map(({ url }) => url),
      Array(3).fill('http://127.0.0.1:40001/health'),
    );
    assert.match(ports.host.lines.join('\n'), /^db: healthy 1\.0 s after its start \(3 checks\)/m);
  });

  it('when its log has enough lines that match', async () => {
    const logs = (stdout: string): PodmanScript => {
      return ([first]) => (first === 'logs' ? { stdout } : undefined);
    };
    const keys = 'image: x, x-wait: {log: {pattern: "ready for \\\\w+", times: 2}, timeout: 3s}';
    await start(step(keys, logs('ready for a\nnot\nready for b')));
    const problem = await problemOf(step(keys, logs('ready for a')));
    assert.match(problem, /was not healthy within 3 s .*so far not: its log has 2 lines like/);
  });

  it('when a script in it succeeds, however often it failed before', async () => {
    let looks = 0;
    const ports = step('image: x, x-wait: {shell: "test -f /up"}', ([first]) => {
      if (first !== 'exec') return undefined;
      looks += 1;
      return looks < 9 ? exited(1) : {};
    });
    await start(ports);
    assert.ok(podmanLines(ports).includes('exec db /bin/sh -c test -f /up'));
  });

  it('when all of it holds, its health check among them', async () => {
    const keys = 'image: x, healthcheck: {test: [CMD, a]}, x-wait: {tcp: 5432, shell: b}';
    const ports = step(keys);
    await start(ports);
    const probes = podmanLines(ports).filter((line) => line.startsWith('exec'));
    assert.deepEqual(probes, ['exec db a', 'exec db /bin/sh -c b']);
    assert.match(await problemOf(step(keys.replace('5432', '81'))), /nothing listens on port 81/);
  });

  it('as its image is known to be, which is said aloud, unless the file has a word on it', async () => {
    const keys = 'image: "redis:7"';
    const ports = step(keys);
    await start(ports);
    assert.match(
      ports.host.lines.join('\n'),
      /^db: no healthcheck in the file or the image; as redis it counts as healthy when "redis-cli ping /m,
    );
    for (const other of ['x-preset: none', 'healthcheck: {disable: true}']) {
      const silent = step(`${keys}, ${other}`);
      await start(silent);
      assert.equal(podmanLines(silent).filter((line) => line.startsWith('exec')).length, 0);
    }
  });
});

describe('services that are known by their image', () => {
  const inputs = servicesInputs({ services: 'db: postgres:15', testService: 'tests' });
  const text = 'services: {tests: {image: y, environment: {DB_JDBC_URL: own}}}\n';

  it('tell later steps how to connect, the password masked before it is used', async () => {
    const ports = fakeStep('');
    ports.files.entries.set('/proc/77/net/tcp', { text: open, mode: 0o444 });
    await startServices(servicesInputs({ services: 'db: postgres:15' }), ports);
    const password = `Aa1-${'f'.repeat(24)}`;
    const url = `postgresql://postgres:${password}@127.0.0.1:40001/postgres`;
    assert.ok(ports.host.masked.includes(password));
    assert.equal(ports.host.outputs.get('db.connectionString'), url);
    assert.equal(ports.host.variables.get('agent.services.db.ports.5432'), '40001');
    const envFile = ports.files.entries.get(ports.host.outputs.get('envFile') ?? '');
    assert.equal(envFile?.mode, 0o600);
    assert.ok(envFile.text.includes(`DB_CONNECTION_STRING=${url}\n`));
    assert.doesNotMatch(ports.host.outputs.get('services') ?? '', /Aa1-/);
    assert.doesNotMatch(podmanLines(ports).join('\n'), /Aa1-/);
  });

  it('tell the tests how to connect in their network, beside the arguments', async () => {
    const ports = fakeStep(text);
    ports.files.entries.set('/proc/77/net/tcp', { text: open, mode: 0o444 });
    await startServices({ ...inputs, composeFile: ['compose.yaml'] }, ports);
    const run = ports.commands.commands.find(
      ({ args }) => args.includes('run') && !args.includes('--detach'),
    );
    assert.ok(run);
    assert.match(run.env?.['DB_CONNECTION_STRING'] ?? '', /^postgresql:.*@db:5432\/postgres$/);
    assert.ok(run.args.includes('DB_JDBC_URL=own'));
    assert.doesNotMatch(run.args.join(' '), /Aa1-/);
  });

  it('may be some of all, with what they need and the tests', async () => {
    const chosen = fakeStep(
      'services:\n  a: {image: x, depends_on: [b]}\n  b: {image: x}\n  c: {image: x}\n  tests: {image: x}\n',
    );
    await startServices(servicesInputs({ selectServices: 'a', testService: 'tests' }), chosen);
    const started = podmanLines(chosen).flatMap(
      (line) => /run .*--name (\S+)/.exec(line)?.[1] ?? [],
    );
    assert.deepEqual(started, ['b', 'a', 'tests']);
    const wrong = servicesInputs({ selectServices: 'z' });
    await assert.rejects(
      startServices(wrong, fakeStep('services: {a: {image: x}}')),
      /no service z/,
    );
  });
});
