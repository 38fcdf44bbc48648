import assert from 'node:assert/strict';
import { addressesOf } from '../../../../web/run/addresses.ts';

describe('the addresses of pages of Azure DevOps', () => {
  it('are those of the collection, with or without a slash at its end', () => {
    for (const collection of ['https://tfs/tfs/Shop', 'https://tfs/tfs/Shop/']) {
      const { run, log } = addressesOf({ collection, project: 'p q', build: 7 });
      assert.equal(run(6), 'https://tfs/tfs/Shop/p%20q/_build/results?buildId=6');
      assert.equal(
        log({ jobRecord: 'j', record: 't' }),
        'https://tfs/tfs/Shop/p%20q/_build/results?buildId=7&view=logs&j=j&t=t',
      );
    }
  });
});
