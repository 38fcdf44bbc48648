import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import type { Level } from '../../../../../scripts/lib/levels/level.ts';
import { runIfDue } from '../../../../../scripts/lib/levels/run-if-due.ts';
import { summarise } from '../../../../../scripts/lib/levels/summary.ts';

const level: Level = {
  name: 'cluster',
  lanes: [['true']],
  counted: 'command',
  limitMinutes: 1,
  decide: (asked) => Promise.resolve({ runs: asked, reason: asked ? 'asked for' : 'not built' }),
};

describe('A test level that does not always run', () => {
  it('says that it runs, and why', async () => {
    const lines: string[] = [];
    const result = await runIfDue(level, true, (line) => lines.push(line));
    assert.deepEqual(lines, ['cluster runs: asked for']);
    assert.equal(result.passed, 1);
  });

  it('counts as skipped with its reason when it does not', async () => {
    const lines: string[] = [];
    const result = await runIfDue(level, false, (line) => lines.push(line));
    assert.deepEqual(lines, ['cluster does not run: not built']);
    assert.equal(result.skipped, 1);
    assert.ok(summarise([result]).includes('skipped: cluster: not built'));
  });
});
