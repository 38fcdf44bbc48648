import * as fc from 'fast-check';
import { assertSame, judge } from '../support/compare-with-docker.ts';
import { ComposeOracle } from '../support/compose-oracle.ts';
import { composeProject } from '../support/compose-projects.ts';

/** 500 in `npm test`, always the same ones; `npm run test:oracle` asks for 5,000 others each time. */
const count = Number(process.env['ORACLE_FILES'] ?? 500);
const seed = Number(process.env['ORACLE_SEED'] ?? 80);

describe(`${count} generated compose projects (ORACLE_SEED=${seed})`, function () {
  this.timeout(60 * 60_000);
  let oracle: ComposeOracle;

  before(() => {
    oracle = new ComposeOracle();
  });

  after(() => {
    oracle.stop();
  });

  it('become what docker compose config makes of them, or are refused by both', async () => {
    const property = fc.asyncProperty(composeProject, async (project) => {
      assertSame(await judge(project, oracle), JSON.stringify(project.files, null, 2));
    });
    await fc.assert(property, { numRuns: count, seed });
  });
});
