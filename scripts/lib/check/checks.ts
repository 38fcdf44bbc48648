/** One tool of `npm run check`. */
export interface Check {
  readonly name: string;
  /** A program of node_modules/.bin and its arguments. */
  readonly command: readonly [program: string, ...args: readonly string[]];
  /** Tests are levels of their own in `npm test`, which asks for the other checks only. */
  readonly kind: 'static' | 'tests';
}

const sources = ['src', 'tasks', 'cli', 'local-agent', 'scripts', 'test', 'bench'];

/** The slowest first, so that two at a time end soonest. */
export const checks: readonly Check[] = [
  { name: 'lint', command: ['eslint', '--max-warnings', '0', '.'], kind: 'static' },
  { name: 'types', command: ['tsc', '-p', '.'], kind: 'static' },
  { name: 'format', command: ['prettier', '--check', '--log-level', 'warn', '.'], kind: 'static' },
  { name: 'architecture', command: ['depcruise', ...sources], kind: 'static' },
  { name: 'dead code', command: ['knip'], kind: 'static' },
  { name: 'unit', command: ['mocha', 'test/unit/**/*.test.ts'], kind: 'tests' },
  { name: 'contract', command: ['mocha', 'test/contract/**/*.test.ts'], kind: 'tests' },
];
