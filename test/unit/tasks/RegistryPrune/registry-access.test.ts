import assert from 'node:assert/strict';
import { readInputs } from '../../../../src/core/task/read-inputs.ts';
import { taskInputs } from '../../../../tasks/RegistryPrune/inputs.generated.ts';
import { readRequest } from '../../../../tasks/RegistryPrune/read-request.ts';
import { openRegistry } from '../../../../tasks/RegistryPrune/registry-access.ts';
import { fakeClock } from '../../../support/fake-clock.ts';
import { FakeFiles } from '../../../support/fake-files.ts';
import { FakeHost } from '../../../support/fake-host.ts';
import { FakeRegistry } from '../../../support/fake-registry.ts';
import { fakeRunner } from '../../../support/fake-runner.ts';

describe('The access to a registry', () => {
  it('says every 10 s of a long reading that it goes on', async () => {
    const registry = new FakeRegistry();
    const clock = fakeClock();
    const host = new FakeHost();
    const ports = {
      ...{ host, clock, files: new FakeFiles(), http: registry },
      ...{ commands: fakeRunner(() => undefined), cancellation: new AbortController().signal },
    };
    const texts: Readonly<Record<string, string>> = {
      ...{ registryHost: registry.host, repositories: 'shop', rules: '- keepLast: 1' },
    };
    const read = readInputs(taskInputs, (input) => texts[input]);
    assert.ok(read.ok);
    const access = await openRegistry(await readRequest(read.value, ports), 4, ports);
    registry.before = () => {
      clock.advance(4_000);
    };
    for (let at = 0; at < 7; at += 1) await access.reading('shop').tags('shop');
    assert.deepEqual(
      host.lines.filter((line) => !line.startsWith('##')),
      ['Reading: 3 answers of the registry so far.', 'Reading: 6 answers of the registry so far.'],
    );
  });
});
