import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { readSweep } from '../../../../../scripts/lib/bench/scale-arguments.ts';

describe('The sweep of the scale benchmark', () => {
  it('is the whole one without arguments', () => {
    assert.deepEqual(readSweep([]), { builds: [1, 8, 32, 128], daemons: [1, 3], minutes: 30 });
  });

  it('is a smaller one where arguments say so', () => {
    const argv = ['--builds', '1,8', '--daemons', '1', '--minutes', '5'];
    assert.deepEqual(readSweep(argv), { builds: [1, 8], daemons: [1], minutes: 5 });
  });

  for (const [argv, complaint] of [
    [['--builds', 'many'], /--builds was expected to be whole numbers above 0, found "many"/],
    [['--daemons', '0'], /--daemons was expected to be whole numbers above 0, found "0"/],
    [['--agents', '2'], /Unknown option '--agents'/],
  ] as const) {
    it(`refuses ${argv.join(' ')}`, () => {
      assert.throws(() => readSweep(argv), complaint);
    });
  }
});
