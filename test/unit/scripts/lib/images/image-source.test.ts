import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, it } from 'mocha';
import {
  rememberedSource,
  rememberSource,
} from '../../../../../scripts/lib/images/image-source.ts';

describe('Where base images come from', () => {
  let cache: string;

  beforeEach(async () => {
    cache = await mkdtemp(join(tmpdir(), 'source-'));
  });

  afterEach(() => rm(cache, { recursive: true }));

  it('is decided once and remembered', async () => {
    assert.equal(await rememberedSource(cache), undefined);
    await rememberSource(cache, 'made');
    assert.equal(await rememberedSource(cache), 'made');
  });

  it('is decided again when the memory is damaged', async () => {
    await rememberSource(cache, 'made');
    await writeFile(join(cache, 'mirror', 'source.json'), '{"sour');
    assert.equal(await rememberedSource(cache), undefined);
  });
});
