/** One tool of `npm run check`. */
export interface Check {
  readonly name: string;
  /** A program of node_modules/.bin and its arguments. */
  readonly command: readonly [program: string, ...args: readonly string[]];
  /** Tests are levels of their own in `npm test`, which asks for the other checks only. */
  readonly kind: 'static' | 'tests';
}

const sources = ['src', 'tasks', 'cli', 'web', 'local-agent', 'scripts', 'test', 'bench'];

/**
 * What the tools know of unchanged files. A rule of lint that asks for types may overlook what a change
 * elsewhere did to an unchanged file; a clean checkout has no cache, so that CI sees it.
 */
const cache = 'node_modules/.cache';
const byContent = ['--cache', '--cache-strategy', 'content', '--cache-location'];

/** The slowest first, so that two at a time end soonest. */
export const checks: readonly Check[] = [
  {
    name: 'lint',
    command: ['eslint', '--max-warnings', '0', ...byContent, `${cache}/eslint.json`, '.'],
    kind: 'static',
  },
  {
    name: 'types',
    command: ['tsc', '-p', '.', '--incremental', '--tsBuildInfoFile', `${cache}/types.json`],
    kind: 'static',
  },
  // Code for browsers knows other globals.
  { name: 'tab types', command: ['tsc', '-p', 'web'], kind: 'static' },
  {
    name: 'mock types',
    command: ['tsc', '-p', 'scripts/lib/tab-host/page'],
    kind: 'static',
  },
  {
    name: 'format',
    command: ['prettier', '--check', ...byContent, `${cache}/prettier.json`, '.'],
    kind: 'static',
  },
  { name: 'architecture', command: ['depcruise', ...sources], kind: 'static' },
  { name: 'dead code', command: ['knip'], kind: 'static' },
  {
    name: 'unit',
    command: ['mocha', '--reporter', 'dot', 'test/unit/**/*.test.ts'],
    kind: 'tests',
  },
  {
    name: 'contract',
    command: ['mocha', '--reporter', 'dot', 'test/contract/**/*.test.ts'],
    kind: 'tests',
  },
];
