import assert from 'node:assert/strict';
import { UserError } from '../../../../src/core/errors.ts';
import { removeBuilder } from '../../../../tasks/SetupBuildkitBuilder/remove-builder.ts';
import { FakeFiles } from '../../../support/fake-files.ts';
import { FakeHost } from '../../../support/fake-host.ts';
import { fakeRunner } from '../../../support/fake-runner.ts';

function afterMain(
  record:
    { readonly version: number; readonly builderName: string; readonly store: string } | undefined,
) {
  const host = new FakeHost({ tempDirectory: '/temp' });
  const files = new FakeFiles({
    '/temp/daemonless/buildx-7/certs/ci/key.pem': 'KEY',
    '/home/a/file': 'x',
  });
  if (record !== undefined) {
    const recordPath = `/temp/daemonless/builder-${record.builderName}.json`;
    files.entries.set(recordPath, { text: JSON.stringify(record), mode: 0o600 });
    host.saveTaskVariable('daemonlessRecord', recordPath);
  }
  const commands = fakeRunner(({ args }) =>
    args.includes('unreachable') ? { ending: { kind: 'exited', exitCode: 1 } } : {},
  );
  return { host, files, commands };
}

describe('removing a builder', () => {
  it('removes the store and the record, and nothing else', async () => {
    const ports = afterMain({ version: 1, builderName: 'ci', store: '/temp/daemonless/buildx-7' });
    await removeBuilder(ports);
    assert.deepEqual([...ports.files.entries.keys()], ['/home/a/file']);
    assert.match(ports.host.lines.join(), /Removed builder ci/);
  });

  it('leaves what belongs to another step of the job, whose own post-job step comes later', async () => {
    const store = '/temp/daemonless/buildx-7';
    const ports = afterMain({ version: 1, builderName: 'ci', store });
    const others = [`${store}/instances/other`, `${store}/certs/other/key.pem`];
    const record = '/temp/daemonless/builder-other.json';
    for (const path of [
      ...others,
      record,
      `${store}/instances/ci`,
      `${store}/daemonless/ci.json`,
    ]) {
      ports.files.entries.set(path, { text: '{}', mode: 0o600 });
    }
    await removeBuilder(ports);
    const left = [...ports.files.entries.keys()].sort();
    assert.deepEqual(left, ['/home/a/file', record, ...others].sort());
  });

  it('has nothing to do when the main step was skipped, failed early or did not run', async () => {
    const ports = afterMain(undefined);
    await removeBuilder(ports);
    assert.deepEqual(ports.host.lines, ['There is no builder to remove.']);
  });

  it('removes nothing on the word of a record that names another place, or of another version', async () => {
    const records = [
      { version: 1, builderName: 'ci', store: '/home/a' },
      { version: 1, builderName: 'ci', store: '/temp/../home/a' },
      { version: 2, builderName: 'ci', store: '/temp/daemonless/buildx-7' },
    ];
    for (const record of records) {
      const ports = afterMain(record);
      await assert.rejects(removeBuilder(ports), UserError);
      assert.equal(ports.files.entries.size, 3);
    }
  });

  const withPods = (name: string) => {
    const store = '/temp/daemonless/buildx-7';
    const record = { version: 1, builderName: name, store, podsOf: { buildx: '/tools/buildx' } };
    const ports = afterMain(record);
    ports.files.entries.set(`${store}/instances/${name}`, { text: '{}', mode: 0o600 });
    return ports;
  };

  it('deletes pods that end with the job, once', async () => {
    const ports = withPods('ci');
    await removeBuilder(ports);
    await removeBuilder(ports);
    assert.deepEqual(
      ports.commands.commands.map(({ file, args }) => [file, ...args]),
      [['/tools/buildx', 'rm', 'ci']],
    );
    assert.equal(ports.commands.commands[0]?.env?.['BUILDX_CONFIG'], '/temp/daemonless/buildx-7');
  });

  it('says how to delete pods that it could not, and removes its files all the same', async () => {
    const ports = withPods('unreachable');
    await removeBuilder(ports);
    assert.match(ports.host.warnings.join(), /kubectl delete deployment,statefulset unreachable/);
    assert.deepEqual([...ports.files.entries.keys()], ['/home/a/file']);
  });
});
