import type { ToolName } from '../toolchain/tool.ts';
import { clusterDecision } from './cluster-decision.ts';
import type { Decision } from './decision.ts';

/** One level of `npm test`: a command, how its tests are counted, and how long it may take. */
export interface Level {
  readonly name: string;
  readonly command: readonly [file: string, ...args: string[]];
  /** `mocha`: counted by our reporter; `command`: the command itself is one test. */
  readonly counted: 'mocha' | 'command';
  readonly limitMinutes: number;
  /** Tools that this level alone needs; built when it runs the first time. */
  readonly tools?: readonly ToolName[];
  /** Whether it runs this time; it does without it. @param asked its name stands on the command line */
  readonly decide?: (asked: boolean) => Promise<Decision>;
}

const mocha = (folder: string): [string, ...string[]] => [
  'node_modules/.bin/mocha',
  '--reporter',
  'test/support/counting-reporter.cjs',
  `test/${folder}/**/*.test.ts`,
];

const slow = ['--timeout', '300000'];

/** In the order a person wants to hear of a mistake: quick ones first. */
export const levels: readonly Level[] = [
  {
    name: 'static',
    command: ['node', '--import', 'tsx', 'scripts/check.ts', '--static'],
    counted: 'command',
    limitMinutes: 5,
  },
  {
    name: 'unit',
    command: ['node_modules/.bin/c8', ...mocha('unit')],
    counted: 'mocha',
    limitMinutes: 5,
  },
  { name: 'contract', command: mocha('contract'), counted: 'mocha', limitMinutes: 5 },
  {
    name: 'oracle',
    command: mocha('oracle'),
    counted: 'mocha',
    limitMinutes: 25,
    tools: ['compose-oracle'],
  },
  { name: 'bundle', command: [...mocha('bundle'), ...slow], counted: 'mocha', limitMinutes: 10 },
  {
    name: 'chart',
    command: [...mocha('chart'), ...slow],
    counted: 'mocha',
    limitMinutes: 10,
    tools: ['kubeconform', 'helm'],
  },
  { name: 'agent', command: [...mocha('agent'), ...slow], counted: 'mocha', limitMinutes: 10 },
  { name: 'e2e', command: [...mocha('e2e'), ...slow], counted: 'mocha', limitMinutes: 60 },
  {
    name: 'cluster',
    command: [...mocha('cluster'), ...slow],
    counted: 'mocha',
    limitMinutes: 12,
    tools: ['helm', 'coredns', 'kubernetes'],
    decide: clusterDecision,
  },
];
