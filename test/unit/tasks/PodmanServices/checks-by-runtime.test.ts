import assert from 'node:assert/strict';
import type { Command } from '../../../../src/core/command.ts';
import { startServices } from '../../../../tasks/PodmanServices/start-services.ts';
import type { FakeAnswer } from '../../../support/fake-runner.ts';
import { exited, info } from '../../../support/fake-podman.ts';
import { type FakeStep, fakeStep, servicesInputs } from '../../../support/services-step.ts';

const id = 'ab'.repeat(32);
const compose = 'services: {db: {image: x, healthcheck: {test: [CMD, ready], timeout: 1s}}}\n';
const runc = { name: 'runc', path: '/usr/sbin/runc' };
const crun = { name: 'crun', path: '/usr/bin/crun' };

interface Script {
  readonly rootless?: boolean;
  readonly runtime?: typeof runc;
  /** What a check answers, by the program that runs it. */
  readonly check?: (program: string, command: Command, ports: FakeStep) => FakeAnswer;
}

/** A host whose Podman uses a runtime, and a container that it knows. */
function step({
  rootless = false,
  runtime = runc,
  check = () => exited(0),
}: Script = {}): FakeStep {
  const ports: FakeStep = fakeStep(compose, (words, command) => {
    const [first] = words;
    if (first === 'info') {
      const host = { ...info.host, ociRuntime: runtime, security: { rootless } };
      return { stdout: JSON.stringify({ ...info, host }) };
    }
    if (first === 'run') return { stdout: id };
    const isCheck = command.args.includes('exec');
    return isCheck ? check(command.file, command, ports) : undefined;
  });
  const set = (path: string, text: string) => ports.files.entries.set(path, { text, mode: 0o600 });
  set(`/run/runc/${id}/state.json`, '{}');
  set(`/run/crun/${id}/config.json`, '{"process":{"cwd":"/data"}}');
  return ports;
}

const start = (ports: FakeStep): Promise<void> => startServices(servicesInputs(), ports);

/** Which programs ran checks, in order. */
function programs({ commands }: FakeStep): readonly string[] {
  return commands.commands.filter(({ args }) => args.includes('exec')).map(({ file }) => file);
}

function file(command: Command, option: string): string {
  return command.args[command.args.indexOf(option) + 1] ?? '';
}

describe('a health check', () => {
  it('is run by the runtime, by the id of its container, and leaves no file', async () => {
    const ports = step();
    await start(ports);
    assert.deepEqual(programs(ports), ['/usr/sbin/runc']);
    const command = ports.commands.commands.find(({ file: f }) => f === '/usr/sbin/runc');
    assert.deepEqual(command?.args.slice(-2), [id, 'ready']);
    const paths = [...ports.files.entries.keys(), ...ports.files.folders.keys()];
    assert.deepEqual(
      paths.filter((path) => path.includes('check-')),
      [],
    );
  });

  it('has failed when its command has, and is not asked of Podman again', async () => {
    const answers = [exited(1), exited(255), exited(0)];
    const ports = step({ check: () => answers.shift() ?? exited(0) });
    await start(ports);
    assert.deepEqual(programs(ports), Array(3).fill('/usr/sbin/runc'));
  });

  it("is Podman's when the runtime itself fails", async () => {
    const ports = step({
      check: (program, command, { files }) => {
        if (program === 'podman') return exited(0);
        const text = '{"level":"error","msg":"exec failed"}';
        files.entries.set(file(command, '--log'), { text, mode: 0o600 });
        return exited(255);
      },
    });
    await start(ports);
    assert.deepEqual(programs(ports), ['/usr/sbin/runc', 'podman']);
    const gone = step({
      check: (program) => (program === 'podman' ? exited(0) : { ending: { kind: 'not-found' } }),
    });
    await start(gone);
    assert.deepEqual(programs(gone), ['/usr/sbin/runc', 'podman']);
  });

  it("is Podman's for a plain user, and where runc does not know the container", async () => {
    const plain = step({ rootless: true });
    await start(plain);
    assert.deepEqual(programs(plain), ['podman']);
    const elsewhere = step();
    elsewhere.files.entries.delete(`/run/runc/${id}/state.json`);
    await start(elsewhere);
    assert.deepEqual(programs(elsewhere), ['podman']);
  });

  it("is crun's once Podman has run the program, in the folder of the container's first process", async () => {
    const answers = [exited(1), exited(1), exited(0)];
    const ports = step({ runtime: crun, check: () => answers.shift() ?? exited(0) });
    await start(ports);
    assert.deepEqual(programs(ports), ['podman', '/usr/bin/crun', '/usr/bin/crun']);
    const command = ports.commands.commands.find(({ file: f }) => f === '/usr/bin/crun');
    assert.deepEqual(command?.args.slice(-4), ['--cwd', '/data', id, 'ready']);
  });

  it("stays Podman's under crun while the program cannot be run: crun would leave a zombie", async () => {
    const answers = [exited(127), exited(126), exited(125), exited(0)];
    const ports = step({ runtime: crun, check: () => answers.shift() ?? exited(0) });
    await start(ports);
    assert.deepEqual(programs(ports), Array(4).fill('podman'));
  });

  it('that takes too long is killed with its children before the runtime ends', async () => {
    let checks = 0;
    const ports = step({
      check: (_program, command, { files }) => {
        checks += 1;
        if (checks > 1) return exited(0);
        const set = (path: string, text: string) => files.entries.set(path, { text, mode: 0o600 });
        set(file(command, '--pid-file'), '70');
        set('/proc/70/task/70/children', '71 72 ');
        set('/proc/72/task/72/children', '73 ');
        return { ending: { kind: 'timed-out', afterMs: command.timeoutMs } };
      },
    });
    await start(ports);
    const kills = ports.commands.commands.filter(({ file: f }) => f === 'kill');
    assert.deepEqual(
      kills.map(({ args }) => args.join(' ')),
      ['-KILL 70 71 72 73'],
    );
  });
});
