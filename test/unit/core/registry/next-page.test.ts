import assert from 'node:assert/strict';
import { nextPage } from '../../../../src/core/registry/next-page.ts';

const url = 'https://my.azurecr.io/v2/shop/orders/tags/list?n=2';

describe('the next page of a list', () => {
  it('is where the header Link says, as a path or a whole address', () => {
    const next = 'https://my.azurecr.io/v2/shop/orders/tags/list?last=b&n=2';
    assert.equal(nextPage(url, '</v2/shop/orders/tags/list?last=b&n=2>; rel="next"'), next);
    assert.equal(nextPage(url, `<${next}>; rel=next`), next);
  });

  it('is asked at the same address, also when the registry knows itself by another one', () => {
    const next = nextPage(url, '<http://10.0.0.7:5000/v2/x/tags/list?last=b>; rel="next"');
    assert.equal(next, 'https://my.azurecr.io/v2/x/tags/list?last=b');
  });

  it('is none without the header, or when it leads back', () => {
    for (const link of [undefined, '', '</x>; rel="prev"', `<${url}>; rel="next"`]) {
      assert.equal(nextPage(url, link), undefined);
    }
  });
});
