import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { BoundedLoader } from '../support/bounded-loader.ts';
import { damagedProject } from '../support/damaged-projects.ts';

/** 300 in `npm test`, always the same; `npm run test:fuzz` asks others for a minute each time. */
const seconds = Number(process.env['FUZZ_SECONDS'] ?? 0);
const seed = Number(process.env['FUZZ_SEED'] ?? 61);
const count =
  seconds === 0
    ? { numRuns: 300 }
    : { numRuns: 1_000_000, interruptAfterTimeLimit: seconds * 1_000 };
const much =
  seconds === 0 ? '300 damaged compose projects' : `${seconds} s of damaged compose projects`;

describe(`${much} (FUZZ_SEED=${seed})`, function () {
  this.timeout(10 * 60_000);
  const loader = new BoundedLoader(20_000);

  after(() => {
    loader.stop();
  });

  it('are loaded, or refused in words: nothing crashes, nothing hangs, no stack is shown', async () => {
    let tried = 0;
    const property = fc.asyncProperty(damagedProject, async (project) => {
      const outcome = await loader.load(project);
      tried += 1;
      if (outcome.kind === 'crashed') assert.fail(outcome.stack);
      for (const text of outcome.texts) {
        assert.doesNotMatch(text, /\n\s+at |node_modules|\.ts:\d|\[object |^: | undefined/);
      }
    });
    await fc.assert(property, { ...count, seed });
    process.stdout.write(`      ${tried} projects\n`);
  });
});
