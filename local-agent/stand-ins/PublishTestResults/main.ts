import { existsSync, readFileSync } from 'node:fs';
import { command, fail, input, isTrue } from '../task-environment.ts';
import { findFiles } from './find-files.ts';
import { addTotals, countTests, NO_TESTS, type TestTotals } from './junit.ts';

function publish(): void {
  const folder = input('searchFolder');
  const patterns = input('testResultsFiles');
  const files = existsSync(folder) ? findFiles(folder, patterns) : [];
  if (files.length === 0) {
    reportMissing(`No test result files matching ${patterns} were found in ${folder}.`);
    return;
  }
  const totals = countAll(files);
  if (!totals) return;
  const { tests, failures, errors, skipped } = totals;
  const passed = tests - failures - errors - skipped;
  process.stdout.write(
    `${files.length} file(s): ${tests} tests, ${passed} passed, ${failures} failed, ${errors} errors, ${skipped} skipped\n`,
  );
  command('results.publish', {
    type: input('testRunner'),
    mergeResults: input('mergeTestResults'),
    runTitle: input('testRunTitle'),
    resultFiles: files.join(','),
    tests: String(tests),
    failures: String(failures),
    errors: String(errors),
    skipped: String(skipped),
  });
  if (isTrue(input('failTaskOnFailedTests')) && failures + errors > 0) {
    fail('There are one or more test failures detected in result files.');
  }
}

function reportMissing(message: string): void {
  if (isTrue(input('failTaskOnMissingResultsFile'))) fail(message);
  else command('task.issue', { type: 'warning' }, message);
}

/** Null when a file is no JUnit XML; the failure is reported. */
function countAll(files: readonly string[]): TestTotals | null {
  let totals = NO_TESTS;
  for (const file of files) {
    try {
      totals = addTotals(totals, countTests(readFileSync(file, 'utf8')));
    } catch (error) {
      fail(
        `${file} is not a JUnit result file: ${error instanceof Error ? error.message : String(error)}`,
      );
      return null;
    }
  }
  return totals;
}

if (input('testRunner') === 'JUnit') publish();
else
  fail(
    `The local agent's stand-in reads JUnit files only, found testResultsFormat "${input('testRunner')}".`,
  );
