import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { readReport } from '../../../../web/run/read-report.ts';
import { replayedReport } from '../../../support/replayed-report.ts';

const build = JSON.stringify(replayedReport('two-platforms'));

describe('the text of a report', () => {
  it('is read as what its schema says', () => {
    assert.equal(readReport(build).kind, 'build');
  });

  it('of another version, or of a schema nobody has heard of, is not guessed at', () => {
    const newer = readReport(build.replace('"version":1', '"version":2'));
    assert.deepEqual(newer, { kind: 'unknown', schema: 'daemonless.build', version: 2 });
    const foreign = readReport('{"schema":"daemonless.other","version":1}');
    assert.deepEqual(foreign, { kind: 'unknown', schema: 'daemonless.other', version: 1 });
  });

  it('that is damaged says where', () => {
    assert.match(
      JSON.stringify(readReport(build.replace('"ms":1700', '"ms":"long"'))),
      /ms: Invalid type/,
    );
    assert.equal(readReport('{').kind, 'damaged');
    assert.equal(readReport('[]').kind, 'damaged');
    assert.equal(readReport('null').kind, 'damaged');
  });

  it('may have fields that this version does not know', () => {
    assert.equal(readReport(build.replace('{', '{"new":1,')).kind, 'build');
  });
});

describe('every recorded run', () => {
  const folder = new URL('../../../fixtures/runs/', import.meta.url);
  for (const name of readdirSync(folder).filter((file) => file.endsWith('.json'))) {
    it(`has reports that can be read: ${name}`, () => {
      const { attachments } = JSON.parse(readFileSync(new URL(name, folder), 'utf8')) as {
        attachments: readonly { text: string }[];
      };
      const kinds = attachments.map(({ text }) => readReport(text).kind);
      assert.ok(kinds.length > 0);
      assert.deepEqual(
        kinds.filter((kind) => !['build', 'services', 'doctor', 'prune'].includes(kind)),
        [],
      );
    });
  }
});
