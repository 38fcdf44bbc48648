import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { lutimes, mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { contentTime } from '../../../../src/core/context/content-time.ts';

const hash = (text: string): string => createHash('sha256').update(text).digest('hex');

describe('times made from content', () => {
  it('are the same for the same content, and lie between 2000 and 2001', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        const time = contentTime(hash(text));
        assert.equal(time, contentTime(hash(text)));
        assert.ok(time >= Date.UTC(2000, 0) / 1000 && time < Date.UTC(2001, 0, 25) / 1000);
      }),
    );
  });

  it('differ on the disk when the digests differ in no more than the last digit that counts', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'times-'));
    const file = join(folder, 'file');
    await writeFile(file, '');
    const seen = new Set<bigint>();
    const digests = ['0', 'f'].flatMap((digit) =>
      Array.from({ length: 16 }, (_, last) => `${digit.repeat(10)}${last.toString(16)}`),
    );
    for (const digest of digests) {
      await lutimes(file, 0, contentTime(digest));
      seen.add((await stat(file, { bigint: true })).mtimeNs / 1000n);
    }
    await rm(folder, { recursive: true });
    assert.equal(seen.size, digests.length);
  });
});
