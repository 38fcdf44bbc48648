import assert from 'node:assert/strict';
import { UserError } from '../../../../src/core/errors.ts';
import { parseRecord } from '../../../../tasks/PodmanServices/state.ts';
import { stopServices } from '../../../../tasks/PodmanServices/stop-services.ts';
import { type PodmanScript, containerJson, exited } from '../../../support/fake-podman.ts';
import { type FakeStep, fakeStep, podmanLines } from '../../../support/services-step.ts';

const record = {
  version: 3,
  job: 'j',
  project: 'p',
  podman: { file: 'podman', globalArgs: [], env: {} },
  running: ['db', 'web'],
  containers: [
    { service: 'db', name: 'p-db' },
    { service: 'web', name: 'p-web' },
  ],
  networks: ['p', 'p-back'],
  volumes: ['p-data'],
  hasSecrets: false,
  folder: '/temp/daemonless/p',
  keepOnFailure: false,
  logs: 'onFailure',
  stopTimeoutSeconds: 2,
};

function afterMain(status: string, script?: PodmanScript, more: object = {}): FakeStep {
  const ports = fakeStep('', script, { variables: { 'Agent.JobStatus': status } });
  const file = (path: string, text: string): void => {
    ports.files.entries.set(path, { text, mode: 0o600 });
  };
  file('/temp/daemonless/services-p.json', JSON.stringify({ ...record, ...more }));
  file('/temp/daemonless/p/logins/config.json', 'LOGIN');
  file('/temp/daemonless/p/services.env', 'A=1');
  ports.host.saveTaskVariable('daemonlessRecord', '/temp/daemonless/services-p.json');
  return ports;
}

const filter = /--filter label=com\.docker\.compose\.project=p/;
const grouped = (ports: FakeStep): readonly string[] =>
  ports.host.lines.filter((line) => line.startsWith('##[group]Log'));

describe('the end of the job', () => {
  it('removes by name, then whatever else carries the label of the job, and all files', async () => {
    const ports = afterMain('Succeeded', (words) =>
      words[0] === 'ps' ? { stdout: 'c1\nc2' } : undefined,
    );
    await stopServices(ports);
    const lines = podmanLines(ports).map((line) => line.replace(filter, 'LABEL'));
    assert.deepEqual(lines, [
      'container inspect p-db p-web',
      'rm --force --volumes --time 2 --ignore p-db p-web',
      'network rm --force p p-back',
      'volume rm --force p-data',
      'ps --all --quiet LABEL',
      'rm --force --volumes --time 2 c1 c2',
      'network ls --quiet LABEL',
      'volume ls --quiet LABEL',
      'secret ls --format {{.Name}}',
    ]);
    const left = [...ports.files.entries.keys()].filter((path) => path.startsWith('/temp'));
    assert.deepEqual(left, []);
  });

  it('removes by name when the main step came to its end, and looks beside that for what has no name', async () => {
    const lines = async (more: object): Promise<readonly string[]> => {
      const ports = afterMain('Succeeded', undefined, { isComplete: true, ...more });
      await stopServices(ports);
      const all = podmanLines(ports).slice(1);
      assert.deepEqual(
        all.filter((line) => filter.test(line)).map((line) => line.split(' ')[0]),
        ['ps', 'network', 'volume'],
      );
      return all.filter((line) => !filter.test(line));
    };
    const byName = [
      'rm --force --volumes --time 2 --ignore p-db p-web',
      'network rm --force p p-back',
      'volume rm --force p-data',
    ];
    assert.deepEqual(await lines({}), byName);
    const withSecrets = [...byName, 'secret ls --format {{.Name}}'];
    assert.deepEqual(await lines({ hasSecrets: true }), withSecrets);
  });

  it('removes what carries its label although a complete record does not name it', async () => {
    const script: PodmanScript = ([first, second]) => {
      if (first === 'ps') return { stdout: 'p-db\np-more' };
      return first === 'network' && second === 'ls' ? { stdout: 'p\np-more' } : undefined;
    };
    const ports = afterMain('Succeeded', script, { isComplete: true });
    await stopServices(ports);
    const lines = podmanLines(ports);
    assert.ok(lines.includes('rm --force --volumes --time 2 p-db p-more'));
    assert.ok(lines.includes('network rm --force p p-more'));
  });

  it('asks Podman nothing about services whose first processes run', async () => {
    const id = 'ab'.repeat(32);
    const containers = [{ service: 'db', name: 'p-db', id }];
    const look = async (stat: string): Promise<readonly string[]> => {
      const ports = afterMain('Succeeded', undefined, { containers, running: ['db'] });
      const file = (path: string, text: string) => ports.files.entries.set(path, { text, mode: 0 });
      file(
        `/run/runc/${id}/state.json`,
        '{"init_process_pid": 70, "init_process_start": 4711, "id": "x"}',
      );
      file('/proc/70/stat', stat);
      await stopServices(ports);
      return podmanLines(ports).filter((line) => line.startsWith('container inspect'));
    };
    const zeros = Array(18).fill('0').join(' ');
    assert.deepEqual(await look(`70 (a) b) S ${zeros} 4711 0 0`), []);
    for (const stat of [`70 (a) b) Z ${zeros} 4711 0 0`, `70 (other) S ${zeros} 4712 0 0`]) {
      assert.deepEqual(await look(stat), ['container inspect p-db']);
    }
  });

  it('has nothing to do when the main step started nothing, and the second time', async () => {
    const ports = afterMain('Succeeded');
    await stopServices(ports);
    const { length } = podmanLines(ports);
    await stopServices(ports);
    assert.equal(podmanLines(ports).length, length);
    assert.equal(ports.host.lines.at(-1), 'There are no services to remove.');
  });

  it('shows logs when anything in the job failed, or as asked for', async () => {
    const show = async (status: string, logs: string): Promise<number> => {
      const ports = afterMain(status, undefined, { logs });
      await stopServices(ports);
      return grouped(ports).length;
    };
    assert.equal(await show('Succeeded', 'onFailure'), 0);
    assert.equal(await show('Failed', 'onFailure'), 2);
    assert.equal(await show('SucceededWithIssues', 'onFailure'), 2);
    assert.equal(await show('Succeeded', 'always'), 2);
    assert.equal(await show('Failed', 'never'), 0);
  });

  it('says how a service ended in the meantime, and skips what was never created', async () => {
    const dead = { Status: 'exited', Running: false, ExitCode: 1 };
    const ports = afterMain('Failed', ([first, second, name = '']) => {
      if (first !== 'container' || second !== 'inspect') return undefined;
      if (name === 'p-web') return exited(125, 'Error: no such container');
      return { stdout: JSON.stringify([containerJson(name, dead)]) };
    });
    await stopServices(ports);
    assert.deepEqual(grouped(ports), [
      '##[group]Log of db (exited with exit code 1; the last 1000 lines)',
    ]);
  });

  it('tries three times what resists, then warns and keeps the record', async () => {
    const ports = afterMain('Succeeded', ([first]) =>
      first === 'network' ? exited(1, 'device or resource busy') : undefined,
    );
    await stopServices(ports);
    const tries = podmanLines(ports).filter((line) => line.startsWith('network rm'));
    assert.equal(tries.length, 3);
    assert.match(ports.host.warnings.join(), /failed 3 times: device or resource busy/);
    assert.ok(ports.files.entries.has('/temp/daemonless/services-p.json'));
    assert.ok(ports.files.entries.has('/temp/daemonless/p/services.env'));
  });
});

describe('a record', () => {
  it('is refused when it is another version or names a place outside', () => {
    const others = [
      { ...record, version: 2 },
      { ...record, folder: '/home/a' },
      { ...record, folder: '/temp/../etc' },
    ];
    for (const other of others) assert.throws(() => parseRecord(other, '/temp'), UserError);
    assert.equal(parseRecord(record, '/temp').project, 'p');
  });
});
