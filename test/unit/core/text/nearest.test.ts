import assert from 'node:assert/strict';
import fc from 'fast-check';
import { parseByteSize } from '../../../../src/core/text/byte-size.ts';
import { nearest } from '../../../../src/core/text/nearest.ts';

describe('the names most like a word', () => {
  const names = ['Dockerfile', 'api/Dockerfile', 'docker/prod.Dockerfile', 'README.md'];

  it('come best first, whatever their case', () => {
    assert.deepEqual(nearest('dockerfil', names), ['Dockerfile']);
    assert.deepEqual(nearest('ap/Dockerfile', names).slice(0, 2), ['api/Dockerfile', 'Dockerfile']);
  });

  it('are none for a word like no other', () => {
    assert.deepEqual(nearest('zzzz', names), []);
  });

  it('begin with the word itself where it is there', () => {
    fc.assert(
      fc.property(fc.array(fc.string()), fc.string(), (others, word) => {
        assert.equal(nearest(word, [...others, word])[0]?.toLowerCase(), word.toLowerCase());
      }),
    );
  });
});

describe('a size', () => {
  it('is decimal, or binary where it says so', () => {
    const sizes = ['1000', '500MB', '1.5GiB', '2 k', '10b'].map(parseByteSize);
    assert.deepEqual(sizes, [1000, 500_000_000, 1_610_612_736, 2000, 10]);
  });

  it('is a number with a unit', () => {
    for (const text of ['', 'MB', '-1MB', '1 megabyte', '1ib']) {
      assert.equal(parseByteSize(text), undefined, text);
    }
  });
});
