import assert from 'node:assert/strict';
import {
  checkedLines,
  entitlementLine,
  hostLine,
  isShmSize,
  outputLine,
  ulimitLine,
} from '../../../../src/core/buildx/option-lines.ts';

type Check = Parameters<typeof checkedLines>[2];

const refused = (check: Check, lines: readonly string[]): readonly string[] => {
  const result = checkedLines('x', lines, check);
  return result.ok ? [] : result.problems.map(({ what }) => what);
};

describe('options of RUN steps', () => {
  it('take hosts with addresses of both families', () => {
    const lines = ['a.test=10.0.0.7', 'b.test:10.0.0.8', 'c.test=[::1]', 'd.test=10.0.0.1,fd00::1'];
    assert.deepEqual(refused(hostLine, lines), []);
  });

  it('refuse a host without an address, and the one of Docker Desktop', () => {
    const found = refused(hostLine, ['a.test', 'a.test=b.test', 'host=host-gateway', '=1.2.3.4']);
    assert.equal(found.length, 4);
    assert.match(found[2] ?? '', /which a remote daemon does not tell/);
  });

  it('take limits whose soft value is at most the hard one', () => {
    assert.deepEqual(refused(ulimitLine, ['nofile=1024:4096', 'core=0', 'nproc=64:-1']), []);
    assert.equal(refused(ulimitLine, ['nofile=2:1', 'files=1', 'nofile', 'core=-1:5']).length, 4);
  });

  it('take the entitlements that BuildKit has', () => {
    assert.deepEqual(refused(entitlementLine, ['network.host', 'device=vendor/gpu']), []);
    assert.equal(refused(entitlementLine, ['network.all']).length, 1);
  });

  it('take outputs of the exporters that BuildKit has', () => {
    assert.deepEqual(refused(outputLine, ['type=tar,dest=a.tar', 'type=cacheonly']), []);
    assert.equal(refused(outputLine, ['dest=a.tar', 'type=zip,dest=a']).length, 2);
  });

  it('take sizes as Docker does', () => {
    for (const size of ['64m', '1g', '1.5GiB', '67108864', '512 kb']) assert.ok(isShmSize(size));
    for (const size of ['', 'large', '1x', '-1m']) assert.ok(!isShmSize(size), size);
  });

  it('with a variable that does not exist name it', () => {
    assert.match(refused(hostLine, ['a=$(address)'])[0] ?? '', /variable "address" is not defined/);
  });
});
