import assert from 'node:assert/strict';
import { notices } from '../../../../../scripts/lib/package/notices.ts';
import { contentType } from '../../../../../scripts/lib/package/package-file.ts';
import { packedManifest } from '../../../../../scripts/lib/package/packed-manifest.ts';
import { readManifest } from '../../../../../scripts/lib/package/manifest.ts';
import { tfxComplaints } from '../../../../../scripts/lib/package/run-tfx.ts';
import { unzip, zipReproducibly } from '../../../../../scripts/lib/package/zip.ts';
import { exampleTask } from '../../../../support/example-task.ts';

describe('the zip of the package', () => {
  const a = { path: 'a.cjs', content: Buffer.from('1') };
  const b = { path: 'b/task.json', content: Buffer.from('{}') };

  it('is the same whatever the order and the hour', () => {
    assert.deepEqual(zipReproducibly([a, b]), zipReproducibly([b, a]));
  });

  it('gives the files back', () => {
    const back = unzip(zipReproducibly([b, a]));
    assert.deepEqual(
      back.map(({ path, content }) => [path, Buffer.from(content).toString()]),
      [
        ['a.cjs', '1'],
        ['b/task.json', '{}'],
      ],
    );
  });
});

describe('what tfx says', () => {
  it('counts as a complaint when it is a warning or an error, coloured or not', () => {
    const escape = String.fromCharCode(27);
    const output = `Checking...\n${escape}[43mwarning: Task icon missing${escape}[49m\nerror: bad\n=== Completed ===`;
    assert.deepEqual(tfxComplaints(output), ['warning: Task icon missing', 'error: bad']);
  });
});

describe('the manifest that is packed', () => {
  it('contributes each task under its name in lower case, and types each file', async () => {
    const task = { name: 'ExampleTask', folder: 'tasks/ExampleTask', json: exampleTask };
    const file = { path: 'ExampleTask/v1/dist/main.cjs', content: Buffer.from('') };
    const own = await readManifest('.');
    const packed = packedManifest(own, [task], [file]);
    assert.deepEqual(packed.files, [{ path: file.path, contentType: 'application/javascript' }]);
    assert.deepEqual(packed.contributions, [
      ...own.contributions,
      {
        id: 'example-task',
        type: 'ms.vss-distributed-task.task',
        description: exampleTask.description,
        targets: ['ms.vss-distributed-task.tasks'],
        properties: { name: 'ExampleTask' },
      },
    ]);
  });

  it('has a type for no kind of file that we do not ship', () => {
    assert.equal(contentType('a/b.wasm'), undefined);
  });
});

describe('the notices of others', () => {
  it('say name, version and licence, and the licence text where the package brings one', () => {
    const text = notices([
      { name: 'q', version: '1.5.1', licence: 'MIT', text: 'Copyright\r\nPermission' },
      { name: 'none', version: '1.0.0', licence: 'ISC', text: '' },
    ]);
    assert.match(text, /^q 1\.5\.1 \(MIT\)\n\nCopyright\nPermission$/m);
    assert.match(text, /^none 1\.0\.0 \(ISC\)\n\nThe package brings no licence text\.$/m);
  });
});
