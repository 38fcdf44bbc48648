import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { type AgentNode, agentNodes } from '../scripts/lib/agent-nodes.ts';
import {
  type BenchResult,
  machineConditions,
  median,
  rounded,
} from '../scripts/lib/bench/bench-result.ts';
import { type TimedProgram, timeUntil } from '../scripts/lib/bench/time-until.ts';
import { bundleTasks } from '../scripts/lib/build/bundle-tasks.ts';
import { readTasks } from '../scripts/lib/task-json/read-tasks.ts';

const runs = 40;
const bare = 'bare node';

/** Every step of every job pays it: each task until it has read its inputs, against Node doing nothing. */
export async function run(): Promise<BenchResult> {
  const names = (await readTasks('.')).map(({ name }) => name);
  await bundleTasks(process.cwd(), names);
  const cwd = await mkdtemp(join(tmpdir(), 'start-up-'));
  try {
    const medians: Record<string, number> = {};
    const ratios: Record<string, number> = {};
    for (const node of agentNodes()) {
      const times = await measure(programs(node, names, cwd));
      const base = times.get(bare) ?? NaN;
      for (const [name, ms] of times) {
        medians[`${node.name}, ${name}, ms`] = rounded(ms);
        if (name !== bare) ratios[`${node.name}, ${name}`] = rounded(ms / base);
      }
    }
    return { conditions: { ...machineConditions(), runs }, medians, ratios, limit: 1.6 };
  } finally {
    await rm(cwd, { recursive: true });
  }
}

function programs(
  { path }: AgentNode,
  names: readonly string[],
  cwd: string,
): ReadonlyMap<string, TimedProgram> {
  const env = { AGENT_TEMPDIRECTORY: cwd, AGENT_VERSION: '4.265.1', INPUT_DRYRUN: 'true' };
  const tasks = names.map((name): [string, TimedProgram] => [
    name,
    {
      ...{ file: path, env, cwd, until: 'inputs read' },
      args: [resolve(`tasks/${name}/dist/main.cjs`)],
    },
  ]);
  return new Map([[bare, { file: path, env, cwd, args: ['-e', '0'] }], ...tasks]);
}

/** Medians in ms. In turns, so that what else the machine does meets all of them alike. */
async function measure(
  timed: ReadonlyMap<string, TimedProgram>,
): Promise<ReadonlyMap<string, number>> {
  const times = new Map([...timed.keys()].map((name): [string, number[]] => [name, []]));
  for (let turn = 0; turn < runs; turn += 1) {
    for (const [name, program] of timed) times.get(name)?.push(await timeUntil(program));
  }
  return new Map([...times].map(([name, values]) => [name, median(values)]));
}
