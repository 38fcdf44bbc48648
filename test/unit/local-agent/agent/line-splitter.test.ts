import assert from 'node:assert/strict';
import fc from 'fast-check';
import { LineSplitter } from '../../../../local-agent/agent/line-splitter.ts';

function split(...chunks: readonly Buffer[]): string[] {
  const lines: string[] = [];
  const splitter = new LineSplitter((line) => lines.push(line));
  for (const chunk of chunks) splitter.write(chunk);
  splitter.end();
  return lines;
}

describe('The line splitter', () => {
  it('ends a line at LF, CR and CRLF, and the last one without any', () => {
    assert.deepEqual(split(Buffer.from('a\nb\rc\r\nd')), ['a', 'b', 'c', 'd']);
  });

  it('keeps empty lines and adds none at the end', () => {
    assert.deepEqual(split(Buffer.from('a\n\nb\n')), ['a', '', 'b']);
  });

  it('gives the same lines however the bytes arrive, inside a character or a CRLF too', () => {
    const text = 'ä€\r\n\r𝄞\n\r\nend';
    const whole = split(Buffer.from(text));
    fc.assert(
      fc.property(fc.array(fc.nat(Buffer.byteLength(text))), (cuts) => {
        const bytes = Buffer.from(text);
        const points = [0, ...cuts.toSorted((a, b) => a - b), bytes.length];
        const chunks = points.slice(1).map((end, index) => bytes.subarray(points[index], end));
        assert.deepEqual(split(...chunks), whole);
      }),
    );
  });
});
