import assert from 'node:assert/strict';
import { startServices } from '../../../../tasks/PodmanServices/start-services.ts';
import { stopServices } from '../../../../tasks/PodmanServices/stop-services.ts';
import { exited } from '../../../support/fake-podman.ts';
import type { FakeFiles } from '../../../support/fake-files.ts';
import {
  type FakeStep,
  fakeStep,
  podmanLines,
  servicesInputs,
} from '../../../support/services-step.ts';

const compose = 'services: {a: {image: x}}\n';
const looks = (ports: FakeStep): number =>
  podmanLines(ports).filter((line) => /^(ps|network ls|volume ls) .*json/.test(line)).length;

/** One agent: what a job writes below its folder, the next one finds. */
async function job(
  id: string,
  before: FakeFiles | undefined,
  end: 'ends' | 'dies',
  podmanPath = '',
) {
  const variables = { 'Agent.WorkFolder': '/w', 'System.JobId': id };
  const ports = fakeStep(compose, undefined, { variables });
  for (const [path, entry] of before?.entries ?? []) {
    if (path.startsWith('/w/')) ports.files.entries.set(path, entry);
  }
  await startServices(servicesInputs({ podmanPath }), ports);
  if (end === 'ends') await stopServices(ports);
  return ports;
}

describe('the search for what dead jobs left', () => {
  it('asks Podman once in a boot, and again only after a job that did not clean up', async () => {
    const first = await job('1', undefined, 'ends');
    assert.equal(looks(first), 3);
    const second = await job('2', first.files, 'dies');
    assert.equal(looks(second), 0);
    const third = await job('3', second.files, 'ends');
    assert.equal(looks(third), 3);
    assert.equal(looks(await job('4', third.files, 'ends')), 0);
  });

  it('asks another Podman all the same', async () => {
    const first = await job('1', undefined, 'ends');
    assert.equal(looks(await job('2', first.files, 'ends', '/opt/podman')), 3);
  });

  it('does not take an earlier step of the same job for dead', async () => {
    const first = await job('1', undefined, 'ends');
    const second = await job('2', first.files, 'dies');
    assert.equal(looks(await job('2', second.files, 'ends')), 0);
  });

  it('goes on asking while something cannot be removed', async () => {
    const variables = { 'Agent.WorkFolder': '/w', 'System.JobId': '9' };
    const left = JSON.stringify([{ Labels: { 'daemonless.job': 'dead' } }]);
    const ports = fakeStep(
      compose,
      (words) => {
        if (words[0] === 'ps') return { stdout: words.includes('--quiet') ? 'c1' : left };
        return words[0] === 'rm' && words.includes('c1') ? exited(1, 'busy') : undefined;
      },
      { variables },
    );
    await startServices(servicesInputs(), ports);
    assert.equal(looks(await job('10', ports.files, 'ends')), 3);
  });
});
