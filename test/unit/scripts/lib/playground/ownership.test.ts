import assert from 'node:assert/strict';
import { chmod, mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { takeOwnership } from '../../../../../scripts/lib/playground/ownership.ts';
import { startTimeOf } from '../../../../../scripts/lib/playground/process-table.ts';

describe('The owner of a state folder', () => {
  let folder: string;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'owner-'));
  });

  afterEach(() => rm(folder, { recursive: true }));

  it('is one process, until it gives the folder free', async () => {
    const release = await takeOwnership(folder);
    await assert.rejects(takeOwnership(folder), new RegExp(`process ${process.pid}, which still`));
    await release();
    await (
      await takeOwnership(folder)
    )();
  });

  it('is replaced when it is dead', async () => {
    await writeOwner(JSON.stringify({ pid: 4_194_304, startTime: '1' }));
    await takeOwnership(folder);
  });

  it('is replaced when its process id was given to another process', async () => {
    await writeOwner(JSON.stringify({ pid: process.ppid, startTime: '1' }));
    await takeOwnership(folder);
  });

  it('still counts when it is another living process', async () => {
    const startTime = startTimeOf(process.ppid);
    await writeOwner(JSON.stringify({ pid: process.ppid, startTime }));
    await assert.rejects(takeOwnership(folder), /still runs/);
  });

  it('is nobody when its record was cut off', async () => {
    await writeOwner('{"pid": 12');
    await takeOwnership(folder);
  });

  it('keeps the folder from other users, even one that was open', async () => {
    await chmod(folder, 0o755);
    await takeOwnership(folder);
    assert.equal((await stat(folder)).mode & 0o777, 0o700);
  });

  function writeOwner(text: string): Promise<void> {
    return writeFile(join(folder, 'owner.json'), text);
  }
});
