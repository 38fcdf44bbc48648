import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { afterEach, beforeEach, describe, it } from 'mocha';

const script = join(import.meta.dirname, '../../../../../scripts/lib/setup/modules-match-lock.mjs');
const a = { version: '1.0.0', integrity: 'sha512-a' };
const elsewhere = { version: '1.0.0', optional: true, os: ['darwin'] };

describe('Installed node modules', () => {
  let folder: string;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'modules-'));
    await mkdir(join(folder, 'node_modules'));
  });

  afterEach(() => rm(folder, { recursive: true }));

  it('match when they hold what the lock file says, without optional ones for other platforms', async () => {
    await locked({ '': { name: 'x' }, 'node_modules/a': a, 'node_modules/b': elsewhere });
    await installed({ 'node_modules/a': a });
    assert.equal(await exitCode(), 0);
  });

  it('do not match after another version was locked', async () => {
    await locked({ 'node_modules/a': { ...a, version: '1.0.1' } });
    await installed({ 'node_modules/a': a });
    assert.equal(await exitCode(), 1);
  });

  it('do not match after a package was added to, or removed from the lock file', async () => {
    await locked({ 'node_modules/a': a, 'node_modules/c': a });
    await installed({ 'node_modules/a': a });
    assert.equal(await exitCode(), 1);
    await locked({});
    assert.equal(await exitCode(), 1);
  });

  it('do not match after an installation that was killed half-way', async () => {
    await locked({ 'node_modules/a': a });
    assert.equal(await exitCode(), 1);
  });

  async function locked(packages: object): Promise<void> {
    await writeFile(join(folder, 'package-lock.json'), JSON.stringify({ packages }));
  }

  async function installed(packages: object): Promise<void> {
    const file = join(folder, 'node_modules', '.package-lock.json');
    await writeFile(file, JSON.stringify({ packages }));
  }

  async function exitCode(): Promise<number | undefined> {
    const result = await execa(process.execPath, [script], { cwd: folder, reject: false });
    assert.equal(result.stderr, '');
    return result.exitCode;
  }
});
