import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { agentNodes } from '../scripts/lib/agent-nodes.ts';
import {
  type BenchResult,
  machineConditions,
  median,
  rounded,
} from '../scripts/lib/bench/bench-result.ts';
import { timeUntil } from '../scripts/lib/bench/time-until.ts';
import { bundleTasks } from '../scripts/lib/build/bundle-tasks.ts';
import type { Cause } from '../scripts/lib/faults/causes.ts';
import { startFaults } from '../scripts/lib/faults/start-faults.ts';
import { toolFolders } from '../scripts/lib/toolchain/tool-path.ts';

const runs = 5;
const limitMs = 1000;
const failed = '##vso[task.complete result=Failed';

/** Each cause for which a daemon cannot be used: the whole task until it has failed, against one second. */
export async function run(): Promise<BenchResult> {
  await bundleTasks(process.cwd(), ['SetupBuildkitBuilder']);
  const folder = await mkdtemp(join(tmpdir(), 'bench-causes-'));
  const faults = await startFaults(folder);
  try {
    return result(await measureInTurns(folder, faults.causes));
  } finally {
    await faults.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

/** In turns, so that what else the machine does meets all causes alike. */
async function measureInTurns(
  folder: string,
  causes: readonly Cause[],
): Promise<ReadonlyMap<string, readonly number[]>> {
  const times = new Map<string, number[]>();
  for (let turn = 0; turn < runs; turn += 1) {
    for (const node of agentNodes()) {
      for (const [cause, inputs] of causes) {
        const name = `${node.name}, ${cause}`;
        const ms = await timeToFail(node.path, folder, inputs);
        times.set(name, [...(times.get(name) ?? []), ms]);
      }
    }
  }
  return times;
}

/** @throws Error when the task does not fail */
function timeToFail(node: string, folder: string, inputs: Cause[1]): Promise<number> {
  const given = Object.entries({ ...inputs, connectTimeout: '0' });
  const env = {
    PATH: [...toolFolders(), process.env['PATH'] ?? ''].join(':'),
    ...{ AGENT_TEMPDIRECTORY: folder, AGENT_VERSION: '4.265.1' },
    ...Object.fromEntries(given.map(([name, text]) => [`INPUT_${name.toUpperCase()}`, text])),
  };
  const args = [resolve('tasks/SetupBuildkitBuilder/dist/main.cjs')];
  return timeUntil({ file: node, args, env, cwd: folder, until: failed });
}

function result(times: ReadonlyMap<string, readonly number[]>): BenchResult {
  const medians: Record<string, number> = {};
  const ratios: Record<string, number> = {};
  for (const [name, values] of times) {
    medians[`${name}, ms`] = rounded(median(values));
    ratios[`${name}, of ${limitMs} ms`] = rounded(median(values) / limitMs);
  }
  const goal = `each within ${limitMs} ms when connectTimeout is 0; buildx alone takes 20 s`;
  return { conditions: { ...machineConditions(), runs, goal }, medians, ratios, limit: 1 };
}
