import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { diskFullNote } from '../../../../../scripts/lib/playground/disk-space.ts';
import { mountsBelow } from '../../../../../scripts/lib/playground/mounts.ts';
import { checkNames } from '../../../../../scripts/lib/playground/names.ts';
import { requireRoot } from '../../../../../scripts/lib/playground/permission.ts';
import { allOf, named } from '../../../../../scripts/lib/playground/running-parts.ts';

describe('Mounts below a folder', () => {
  const line = (point: string) => `36 35 98:0 / ${point} rw,noatime - ext4 /dev/root rw`;

  it('are found deepest first, without those of a folder with a longer name', () => {
    const info = [line('/'), line('/a'), line('/a/b'), line('/ab')].join('\n');
    assert.deepEqual(mountsBelow('/a', info), ['/a/b', '/a']);
  });

  it('are found when the kernel wrote a blank in octal', () => {
    assert.deepEqual(mountsBelow('/my state', line('/my\\040state/x')), ['/my state/x']);
  });
});

describe('A full disk', () => {
  it('is told from any other failure', () => {
    assert.match(
      diskFullNote('ENOSPC: write', '/tmp/not/there'),
      /\/tmp\/not\/there has \d+ MB free/,
    );
    assert.equal(diskFullNote('permission denied', '/tmp'), '');
  });
});

describe('A playground that cannot be', () => {
  it('is refused with every bad name at once', () => {
    const builders = [{ name: 'a' }, { name: 'a' }, { name: '../x' }];
    const registries = [{ name: '' }];
    assert.throws(
      () => {
        checkNames({ stateDir: '/s', builders, registries });
      },
      (error: Error) => {
        assert.match(error.message, /"\.\.\/x" is not made of/);
        assert.match(error.message, /builder name "a" is given twice/);
        assert.match(error.message, /registry name "" is not made of/);
        return true;
      },
    );
  });

  it('is refused to anybody but root, with the reason', () => {
    requireRoot(0);
    assert.throws(() => {
      requireRoot(1000);
    }, /run as root, because buildkitd mounts .* user 1000/);
  });
});

describe('Parts of a playground', () => {
  it('are all awaited when one fails, so that a stop finds them', async () => {
    const finished: string[] = [];
    const slow = new Promise<void>((resolve) => setTimeout(resolve, 20)).then(() => {
      finished.push('slow');
    });
    await assert.rejects(allOf([Promise.reject(new Error('first')), slow]), /first/);
    assert.deepEqual(finished, ['slow']);
  });

  it('are asked for by a name that exists', () => {
    assert.throws(() => named(new Map([['a', 1]]), 'builder', 'b'), /no builder "b"; it has: a/);
  });
});
