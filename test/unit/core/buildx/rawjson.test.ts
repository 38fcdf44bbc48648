import assert from 'node:assert/strict';
import { parseProgressLine } from '../../../../src/core/buildx/rawjson.ts';
import { fixture } from '../../../support/replay-build.ts';

describe('a line of rawjson', () => {
  it('is an event for every line of a build that went well', () => {
    const lines = fixture('two-platforms.rawjson').trim().split('\n');
    assert.deepEqual(
      lines.filter((line) => parseProgressLine(line) === undefined),
      [],
    );
  });

  it('is plain text when buildx mixes that in, also when it looks like JSON', () => {
    const lines = [
      'ERROR: failed',
      '',
      '{',
      '{"vertexes":"none"}',
      '{"logs":[{"vertex":1}]}',
      '[]',
    ];
    for (const line of lines) assert.equal(parseProgressLine(line), undefined, line);
  });

  it('tells times in epoch milliseconds, and decodes what a step printed', () => {
    const event = parseProgressLine(
      '{"logs":[{"vertex":"sha256:a","stream":2,"data":"aMOk","timestamp":"2026-01-01T00:00:00.123456789Z"}]}',
    );
    assert.deepEqual(event?.logs, [
      {
        vertex: 'sha256:a',
        stream: 2,
        data: Buffer.from('hä'),
        timestamp: Date.UTC(2026, 0, 1, 0, 0, 0, 123),
      },
    ]);
  });

  it('may tell nothing of a kind, as null or by leaving it out', () => {
    const event = parseProgressLine('{"vertexes":null}');
    assert.deepEqual(event, { vertexes: [], statuses: [], logs: [], warnings: [] });
  });

  it('holds the lint warnings with file and line', () => {
    const events = fixture('two-platforms.rawjson').split('\n').map(parseProgressLine);
    const warnings = events.flatMap((event) => event?.warnings ?? []);
    assert.equal(warnings.length, 1);
    assert.match(warnings[0]?.short ?? '', /^JSONArgsRecommended: /);
    assert.equal(warnings[0]?.sourceInfo?.filename, 'Dockerfile');
    assert.equal(warnings[0].range[0]?.start.line, 12);
  });
});
