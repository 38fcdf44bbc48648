import assert from 'node:assert/strict';
import { mkdtempSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findFiles } from '../../../../local-agent/stand-ins/PublishTestResults/find-files.ts';
import { countTests } from '../../../../local-agent/stand-ins/PublishTestResults/junit.ts';

describe('The stand-in for PublishTestResults', () => {
  it('counts elements and believes no attribute', () => {
    const xml =
      '<testsuite tests="9"><testcase><error/></testcase><testcase><failure/></testcase><testcase/></testsuite>';
    assert.deepEqual(countTests(xml), { tests: 3, failures: 1, errors: 1, skipped: 0 });
  });

  it('refuses what is not well-formed, or holds no suite, with the place', () => {
    assert.throws(() => countTests('<testsuite>\n<a></b></testsuite>'), /^Error: 2:7: /);
    assert.throws(
      () => countTests('<html/>'),
      /expected <testsuites> or <testsuite> as root, found <html>/,
    );
    assert.throws(() => countTests(''), /root/);
  });

  describe('looking for files', () => {
    let folder: string;

    before(() => {
      folder = mkdtempSync(join(tmpdir(), 'find-files-'));
      mkdirSync(join(folder, 'sub'));
      for (const name of ['a.xml', 'sub/b.xml', 'sub/c.txt']) writeFileSync(join(folder, name), '');
    });
    after(() => {
      rmSync(folder, { recursive: true });
    });

    it('takes relative and absolute patterns, and lets "!" take files out again', () => {
      assert.deepEqual(findFiles(folder, '**/*.xml'), [
        join(folder, 'a.xml'),
        join(folder, 'sub/b.xml'),
      ]);
      assert.deepEqual(findFiles(folder, `${folder}/*.xml`), [join(folder, 'a.xml')]);
      assert.deepEqual(findFiles(folder, '**/*.xml\n!sub/**\n'), [join(folder, 'a.xml')]);
    });
  });
});
