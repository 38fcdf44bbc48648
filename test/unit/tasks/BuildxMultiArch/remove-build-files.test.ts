import assert from 'node:assert/strict';
import { UserError } from '../../../../src/core/errors.ts';
import { saveRecord } from '../../../../src/workflows/job-record.ts';
import { removeBuildFiles } from '../../../../tasks/BuildxMultiArch/remove-build-files.ts';
import { FakeFiles } from '../../../support/fake-files.ts';
import { FakeHost } from '../../../support/fake-host.ts';

const privateFolder = '/agent/_temp/daemonless/build-1/private';

const left = async (record: object) => {
  const host = new FakeHost();
  const files = new FakeFiles({ [`${privateFolder}/docker/config.json`]: '{}', '/etc/hosts': '' });
  await saveRecord({ host, files }, 'build-1', record);
  return { host, files };
};

describe('the post-job step of a build', () => {
  it('removes what a killed main step left', async () => {
    const ports = await left({ version: 1, privateFolder });
    await removeBuildFiles(ports);
    assert.deepEqual([...ports.files.entries.keys()], ['/etc/hosts']);
  });

  it('may run twice, and without a main step', async () => {
    const ports = await left({ version: 1, privateFolder });
    await removeBuildFiles(ports);
    await removeBuildFiles(ports);
    await removeBuildFiles({ host: new FakeHost(), files: new FakeFiles() });
  });

  it('removes nothing outside the agent folder, whatever the record says', async () => {
    for (const folder of ['/etc', '/agent/_temp/../../etc', '/agent/_temp']) {
      const ports = await left({ version: 1, privateFolder: folder });
      await assert.rejects(removeBuildFiles(ports), UserError);
      assert.ok(ports.files.entries.has('/etc/hosts'));
    }
    await assert.rejects(removeBuildFiles(await left({ version: 2 })), UserError);
  });
});
