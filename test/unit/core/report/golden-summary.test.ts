import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { buildSummary } from '../../../../src/core/report/build-summary.ts';
import { replayedReport } from '../../../support/replayed-report.ts';

/** Read by people once; what changes it is read again. */
function golden(name: string): string {
  const file = new URL(`../../../fixtures/report/${name}.md`, import.meta.url);
  return readFileSync(file, 'utf8');
}

describe('the summary of a captured build', () => {
  for (const name of ['two-platforms', 'cached', 'failing-step']) {
    it(`is the same every time: ${name}`, () => {
      assert.equal(buildSummary(replayedReport(name)), golden(name));
    });
  }
});
