import assert from 'node:assert/strict';
import { startServices } from '../../../../tasks/PodmanServices/start-services.ts';
import { containerJson, info } from '../../../support/fake-podman.ts';
import { type FakeStep, fakeStep, servicesInputs } from '../../../support/services-step.ts';

const id = 'ab'.repeat(32);

/** Where each runtime keeps its state, and what it says of the first process there (runc 1.1, crun 1.21). */
const states = {
  runc: ['state.json', '{"init_process_pid":70,"init_process_start":4711}'],
  crun: ['status', '{"pid": 70, "process-start-time": 4711, "cgroup-path": "/libpod_parent/x"}'],
} as const;

/** A host whose runtime knows the container and its first process. */
function step(
  keys: string,
  runtime: keyof typeof states = 'runc',
  stat = `70 (sh) S ${Array(18).fill('0').join(' ')} 4711 0`,
): FakeStep {
  const ports = fakeStep(`services: {db: {image: x${keys}}}\n`, (words) => {
    const [first, second, name = ''] = words;
    if (first === 'info') {
      const ociRuntime = { name: runtime, path: `/usr/bin/${runtime}` };
      return { stdout: JSON.stringify({ ...info, host: { ...info.host, ociRuntime } }) };
    }
    if (first === 'container' && second === 'inspect') {
      return { stdout: JSON.stringify([{ ...containerJson(name), Id: 'told by Podman' }]) };
    }
    return first === 'run' ? { stdout: id } : undefined;
  });
  const file = (path: string, text: string) => ports.files.entries.set(path, { text, mode: 0o444 });
  const [name, state] = states[runtime];
  file(`/run/${runtime}/${id}/${name}`, state);
  file('/proc/70/stat', stat);
  return ports;
}

async function publishedId(ports: FakeStep): Promise<string> {
  await startServices(servicesInputs(), ports);
  const services = ports.host.outputs.get('services') ?? '';
  return (JSON.parse(services) as { db: { id: string } }).db.id;
}

describe('what the services are in the end', () => {
  for (const runtime of ['runc', 'crun'] as const) {
    it(`is known from ${runtime}'s files and the kernel when all run, and have no port that Podman chose`, async () => {
      const ports = step('', runtime);
      assert.equal(await publishedId(ports), id);
      const inspects = ports.commands.commands.filter(({ args }) => args.includes('inspect'));
      assert.ok(inspects.every(({ args }) => args.includes('image')));
    });
  }

  it('is asked of Podman when it gave ports, may have started one again, or has a limit to watch', async () => {
    for (const keys of [', ports: ["5432"]', ', restart: always', ', mem_limit: 50m']) {
      assert.equal(await publishedId(step(keys)), 'told by Podman', keys);
    }
  });

  it('is asked of Podman when a first process has ended', async () => {
    assert.equal(await publishedId(step('', 'runc', '70 (sh) Z 0')), 'told by Podman');
  });
});
