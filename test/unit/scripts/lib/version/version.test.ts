import assert from 'node:assert/strict';
import { stampTaskVersion, stampVersion } from '../../../../../scripts/lib/version/stamp.ts';
import { taskVersion } from '../../../../../scripts/lib/version/task-version.ts';

describe('the version of a task', () => {
  it('keeps its Major, which pipelines name, whatever the extension is at', () => {
    assert.deepEqual(taskVersion(1, '0.1.0'), { Major: 1, Minor: 1, Patch: 0 });
    assert.deepEqual(taskVersion(2, '3.4.5'), { Major: 2, Minor: 304, Patch: 5 });
  });

  it('rises with every release, as agents keep a task they have by its version', () => {
    const order = ['0.1.0', '0.1.1', '0.9.0', '0.10.0', '1.0.0', '1.2.0', '1.99.9', '2.0.0'];
    const values = order.map((version) => {
      const { Minor = 0, Patch = 0 } = taskVersion(1, version) ?? {};
      return Minor * 1000 + Patch;
    });
    assert.deepEqual(
      values,
      [...values].sort((a, b) => a - b),
    );
    assert.equal(new Set(values).size, order.length);
  });

  it('comes from three plain numbers only, the second below 100', () => {
    for (const wrong of ['', '1.2', '1.2.3.4', 'v1.2.3', '1.2.3-beta', '1.100.0', '01.2.3']) {
      assert.equal(taskVersion(1, wrong), undefined, wrong);
    }
  });
});

describe('stamping a version', () => {
  it('changes ours alone, wherever it stands in a lock file', () => {
    const ours = '"name": "daemonless-pipelines",\n  "version": "0.1.0"';
    const other = '"name": "execa",\n  "version": "9.6.0"';
    const stamped = stampVersion(`{${ours}, ${other}, ${ours}}`, '0.2.0');
    assert.equal(stamped.match(/"0\.2\.0"/g)?.length, 2);
    assert.ok(stamped.includes(other));
  });

  it('keeps the layout of task.json', () => {
    const text = '{\n  "version": { "Major": 1, "Minor": 0, "Patch": 0 },\n  "inputs": []\n}\n';
    const stamped = stampTaskVersion(text, { Major: 1, Minor: 2, Patch: 3 });
    assert.equal(stamped, text.replace('"Minor": 0, "Patch": 0', '"Minor": 2, "Patch": 3'));
  });
});
