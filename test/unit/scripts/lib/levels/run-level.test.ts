import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, it } from 'mocha';
import type { Command, Level } from '../../../../../scripts/lib/levels/level.ts';
import { runLevel } from '../../../../../scripts/lib/levels/run-level.ts';

/** A lane that counts as our reporter does, and whose program ends with this exit code. */
function counting(passed: number, skippedTitles: readonly string[] = [], exitCode = 0): Command {
  const counts = { passed, failed: 0, skipped: skippedTitles.length, skippedTitles };
  return ['sh', '-c', `echo '${JSON.stringify(counts)}' > "$LEVEL_RESULT"; exit ${exitCode}`];
}

async function run(lanes: readonly Command[], more: Partial<Level> = {}) {
  const level: Level = { name: 'lanes', lanes, counted: 'mocha', limitMinutes: 1, ...more };
  const { passed, failed, skipped, skippedTitles } = await runLevel(level);
  return { passed, failed, skipped, skippedTitles };
}

describe('A test level of several lanes', () => {
  let folder: string;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'run-level-'));
  });

  afterEach(() => rm(folder, { recursive: true, force: true }));

  it('counts the tests of all its lanes together', async () => {
    const counted = await run([counting(3, ['a']), counting(4, ['b', 'c'])]);
    assert.deepEqual(counted, { passed: 7, failed: 0, skipped: 3, skippedTitles: ['a', 'b', 'c'] });
  });

  it('fails when any lane ends before it counts, or fails after its last test', async () => {
    assert.equal((await run([counting(3), ['false']])).failed, 1);
    assert.equal((await run([counting(3, [], 1), counting(4)])).failed, 1);
  });

  it('runs its lanes side by side', async () => {
    const meet = (own: string, other: string): Command => [
      'sh',
      ...['-c', 'touch "$0/$1"; until test -e "$0/$2"; do sleep 0.05; done'],
      ...[folder, own, other],
    ];
    const counted = await run([meet('a', 'b'), meet('b', 'a')], { counted: 'command' });
    assert.equal(counted.passed, 2);
  });

  it('makes what all lanes need before the first of them starts', async () => {
    const file = join(folder, 'needed');
    const lane: Command = ['test', '-e', file];
    const prepare = () => writeFile(file, '');
    const counted = await run([lane, lane], { counted: 'command', prepare });
    assert.equal(counted.passed, 2);
  });
});
