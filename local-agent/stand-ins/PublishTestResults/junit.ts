import { SaxesParser } from 'saxes';

/** What one JUnit file holds. */
export interface TestTotals {
  readonly tests: number;
  readonly failures: number;
  readonly errors: number;
  readonly skipped: number;
}

export const NO_TESTS: TestTotals = { tests: 0, failures: 0, errors: 0, skipped: 0 };

const ROOTS = new Set(['testsuites', 'testsuite']);

/**
 * Counts the test cases of a JUnit XML document by their elements, not by the numbers its attributes claim.
 * @throws Error with line and column when it is not well-formed, or when it holds no test suite
 */
export function countTests(xml: string): TestTotals {
  const counts = { testcase: 0, failure: 0, error: 0, skipped: 0 };
  const names: string[] = [];
  const parser = new SaxesParser();
  parser.on('error', (error) => {
    throw error;
  });
  parser.on('opentag', ({ name }) => {
    if (names.length === 0) names.push(name);
    if (name in counts) counts[name as keyof typeof counts] += 1;
  });
  parser.write(xml).close();
  const [root = ''] = names;
  if (!ROOTS.has(root)) {
    throw new Error(`expected <testsuites> or <testsuite> as root, found <${root}>`);
  }
  return {
    tests: counts.testcase,
    failures: counts.failure,
    errors: counts.error,
    skipped: counts.skipped,
  };
}

export function addTotals(a: TestTotals, b: TestTotals): TestTotals {
  return {
    tests: a.tests + b.tests,
    failures: a.failures + b.failures,
    errors: a.errors + b.errors,
    skipped: a.skipped + b.skipped,
  };
}
