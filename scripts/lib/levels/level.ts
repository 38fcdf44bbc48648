import { bundleAgent } from '../build/bundle-agent.ts';
import { bundleAllTasks } from '../build/bundle-all-tasks.ts';
import type { ToolName } from '../toolchain/tool.ts';
import { browserDecision } from './browser-decision.ts';
import { clusterDecision } from './cluster-decision.ts';
import type { Decision } from './decision.ts';

export type Command = readonly [file: string, ...args: string[]];

/** One level of `npm test`: its commands, how its tests are counted, and how long it may take. */
export interface Level {
  readonly name: string;
  /** At least one; several run side by side, because they share nothing of the machine that is not made for many. */
  readonly lanes: readonly Command[];
  /** What all lanes need, made before they start. */
  readonly prepare?: () => Promise<unknown>;
  /** `mocha`: counted by our reporter; `command`: the command itself is one test. */
  readonly counted: 'mocha' | 'command';
  readonly limitMinutes: number;
  /** Tools that this level alone needs; built when it runs the first time. */
  readonly tools?: readonly ToolName[];
  /** Whether it runs this time; it does without it. @param asked its name stands on the command line */
  readonly decide?: (asked: boolean) => Promise<Decision>;
}

const mocha = (files: string): [string, ...string[]] => [
  'node_modules/.bin/mocha',
  ...['--reporter', 'test/support/counting-reporter.cjs'],
  `test/${files}`,
];

const all = (level: string) => mocha(`${level}/**/*.test.ts`);

const slow = ['--timeout', '300000'];

/** In the order a person wants to hear of a mistake: quick ones first. */
export const levels: readonly Level[] = [
  {
    name: 'static',
    lanes: [['node', '--import', 'tsx', 'scripts/check.ts', '--static']],
    counted: 'command',
    limitMinutes: 5,
  },
  {
    name: 'unit',
    lanes: [['node_modules/.bin/c8', ...all('unit')]],
    counted: 'mocha',
    limitMinutes: 5,
  },
  { name: 'contract', lanes: [all('contract')], counted: 'mocha', limitMinutes: 5 },
  {
    name: 'oracle',
    lanes: [all('oracle')],
    counted: 'mocha',
    limitMinutes: 25,
    tools: ['compose-oracle'],
  },
  { name: 'bundle', lanes: [[...all('bundle'), ...slow]], counted: 'mocha', limitMinutes: 10 },
  {
    name: 'browser',
    lanes: [[...all('browser'), ...slow]],
    counted: 'mocha',
    limitMinutes: 5,
    decide: browserDecision,
  },
  {
    name: 'chart',
    lanes: [[...all('chart'), ...slow]],
    counted: 'mocha',
    limitMinutes: 10,
    tools: ['kubeconform', 'helm'],
  },
  { name: 'agent', lanes: [[...all('agent'), ...slow]], counted: 'mocha', limitMinutes: 10 },
  {
    name: 'e2e',
    // Podman of root has networks, bridges and rules of the firewall for the whole machine: one test at a time.
    lanes: [
      [...mocha('e2e/podman/*.test.ts'), ...slow],
      [...mocha('e2e/*.test.ts'), ...slow],
    ],
    prepare: async () => {
      await bundleAllTasks(process.cwd());
      await bundleAgent(process.cwd());
    },
    counted: 'mocha',
    limitMinutes: 60,
  },
  {
    name: 'cluster',
    lanes: [[...all('cluster'), ...slow]],
    counted: 'mocha',
    limitMinutes: 12,
    tools: ['helm', 'coredns', 'kubernetes'],
    decide: clusterDecision,
  },
];
