// Mocha's spec reporter, which also leaves the counts and the skipped titles in $LEVEL_RESULT for `npm test`.
// What a test left open (a socket, a process) would keep Mocha from its end: that is a failure, told in seconds.
const { writeFileSync } = require('node:fs');
const { setTimeout } = require('node:timers');
const Mocha = require('mocha');

const endLimitMs = 15_000;

module.exports = class CountingReporter extends Mocha.reporters.Spec {
  constructor(runner, options) {
    super(runner, options);
    const skipped = [];
    runner.on('pending', (test) => skipped.push(test.fullTitle()));
    runner.once('end', () => {
      const { passes, failures, pending } = this.stats;
      const result = { passed: passes, failed: failures, skipped: pending, skippedTitles: skipped };
      if (process.env.LEVEL_RESULT) writeFileSync(process.env.LEVEL_RESULT, JSON.stringify(result));
      setTimeout(() => {
        const open = process.getActiveResourcesInfo().join(', ');
        process.stderr.write(
          `The tests ended ${endLimitMs / 1000} s ago, and still open are ${open}\n`,
        );
        // Mocha sets the exit code in a listener of its own.
        process.on('exit', () => (process.exitCode = 1));
        process.exit();
      }, endLimitMs).unref();
    });
  }
};
