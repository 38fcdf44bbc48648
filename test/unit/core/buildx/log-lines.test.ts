import assert from 'node:assert/strict';
import { LogLines } from '../../../../src/core/buildx/log-lines.ts';

const feed = (
  log: LogLines,
  text: string | Uint8Array<ArrayBuffer>,
  stream = 1,
): readonly string[] => {
  const data = typeof text === 'string' ? new Uint8Array(Buffer.from(text)) : text;
  return log.accept({ vertex: 'v', stream, data, timestamp: 0 }).map((line) => line.text);
};

describe('the output of a step', () => {
  it('comes in pieces and leaves in lines', () => {
    const log = new LogLines();
    assert.deepEqual(feed(log, 'one\ntw'), ['one']);
    assert.deepEqual(feed(log, 'o\n\n'), ['two', '']);
    assert.deepEqual(log.flush('v'), []);
  });

  it('joins a command to the agent that is cut in two, so that it can be made harmless', () => {
    const log = new LogLines();
    assert.deepEqual(feed(log, '##vs'), []);
    assert.deepEqual(feed(log, 'o[x]\n'), ['##vso[x]']);
  });

  it('joins a letter whose bytes are cut in two', () => {
    const [first, second] = [Uint8Array.of(0xc3), Uint8Array.of(0xa4, 0x0a)];
    const log = new LogLines();
    assert.deepEqual([...feed(log, first), ...feed(log, second)], ['ä']);
  });

  it('keeps its two streams apart', () => {
    const log = new LogLines();
    feed(log, 'out');
    assert.deepEqual(feed(log, 'err\n', 2), ['err']);
    assert.deepEqual(
      log.flush('v').map(({ text }) => text),
      ['out'],
    );
  });

  it('shows of a line written over what a terminal would show', () => {
    assert.deepEqual(feed(new LogLines(), '10 %\r20 %\r\n'), ['20 %']);
  });

  it('without line ends takes bounded memory', () => {
    const log = new LogLines();
    assert.equal(feed(log, 'x'.repeat(40_000))[0]?.length, 40_000);
    assert.deepEqual(log.flush('v'), []);
  });

  it('knows its last words on stderr, whichever stream came last', () => {
    const log = new LogLines();
    assert.equal(log.lastWordsOf('v'), undefined);
    feed(log, 'looking\n\n');
    assert.equal(log.lastWordsOf('v'), 'looking');
    feed(log, 'ls: not there\n \n', 2);
    feed(log, 'bye\n');
    assert.equal(log.lastWordsOf('v'), 'ls: not there');
  });

  it('keeps its last lines for the case that it fails', () => {
    const log = new LogLines();
    feed(log, Array.from({ length: 30 }, (_, n) => `${n}\n`).join(''));
    assert.deepEqual([log.tailOf('v').length, log.tailOf('v').at(-1)], [20, '29']);
    assert.deepEqual(log.tailOf('another'), []);
  });
});
