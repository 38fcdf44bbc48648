// Mocha's spec reporter, which also leaves the counts and the skipped titles in $LEVEL_RESULT for `npm test`.
const { writeFileSync } = require('node:fs');
const Mocha = require('mocha');

module.exports = class CountingReporter extends Mocha.reporters.Spec {
  constructor(runner, options) {
    super(runner, options);
    const skipped = [];
    runner.on('pending', (test) => skipped.push(test.fullTitle()));
    runner.once('end', () => {
      const { passes, failures, pending } = this.stats;
      const result = { passed: passes, failed: failures, skipped: pending, skippedTitles: skipped };
      if (process.env.LEVEL_RESULT) writeFileSync(process.env.LEVEL_RESULT, JSON.stringify(result));
    });
  }
};
