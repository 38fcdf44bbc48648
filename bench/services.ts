import { join } from 'node:path';
import {
  type BenchResult,
  machineConditions,
  median,
  rounded,
} from '../scripts/lib/bench/bench-result.ts';
import { tellAllTools } from '../scripts/lib/bench/host-needs.ts';
import {
  type ServicesGround,
  names,
  startServicesGround,
} from '../scripts/lib/bench/services-ground.ts';
import {
  type UpAndDown,
  alone,
  bare,
  byPodmanCompose,
  byScript,
  byTask,
} from '../scripts/lib/bench/services-runs.ts';

const rounds = 7;
const goals =
  'podman-compose: 0.5 independent, 1 chained, 0.3 down; script: 0.9 and 1.1; critical path: 1.15; one service: 300 ms more than podman run';

/** What is divided by what. Bare Podman is the floor: where it is higher than a goal, no tool can give that. */
const pairs = [
  ...['independent, task / podman-compose, up', 'independent, task / script, up'],
  ...['independent, task / podman-compose, down', 'chained, task / podman-compose, up'],
  ...['chained, task / script, up', 'chained, task / critical path, up'],
  ...['chained, task / podman-compose, down'],
  ...['independent, bare podman / podman-compose, up'],
  ...['independent, bare podman / podman-compose, down'],
  ...['independent, bare podman / script, up'],
];

/** Milliseconds by what was measured, one for each round. */
type Times = Map<string, number[]>;

/** Five services at once and five in a row, by the task, by podman-compose and by a script; images are there. */
export async function run(): Promise<BenchResult> {
  const ground = await startServicesGround();
  try {
    await byTask(ground, 'single');
    const { folder, environment } = ground;
    await tellAllTools(
      join(folder, '_daemonless/podman-host.json'),
      environment['CONTAINERS_CONF'] ?? '',
    );
    // What the task learns about the host it learns once in a boot, not in every job.
    await byTask(ground, 'single');
    const times: Times = new Map();
    for (let round = 0; round < rounds; round += 1) await measure(ground, times);
    return result(ground, times);
  } finally {
    await ground.stop();
  }
}

/** In turns, so that what else the machine does meets all alike. */
async function measure(ground: ServicesGround, times: Times): Promise<void> {
  const keep = (name: string, ms: number): void => {
    times.set(name, [...(times.get(name) ?? []), ms]);
  };
  const keepBoth = (name: string, { up, down }: UpAndDown): void => {
    keep(`${name}, up`, up);
    keep(`${name}, down`, down);
  };
  for (const project of ['independent', 'chained'] as const) {
    keepBoth(`${project}, task`, await byTask(ground, project));
    keepBoth(`${project}, podman-compose`, await byPodmanCompose(ground, project));
    keep(`${project}, script, up`, await byScript(ground, project));
  }
  keepBoth('independent, bare podman', await bare(ground));
  let pathMs = 0;
  for (let at = 0; at < names.length; at += 1) pathMs += await alone(ground, 'checked');
  keep('chained, critical path, up', pathMs);
  keep('single, task, up', (await byTask(ground, 'single')).up);
  keep('single, podman run, up', await alone(ground, 'unchecked'));
}

function result(ground: ServicesGround, times: Times): BenchResult {
  const { podman, podmanCompose, node } = ground;
  const medians = new Map([...times].map(([name, all]) => [name, median(all)]));
  const ms = (name: string): number => medians.get(name) ?? NaN;
  const ratios = pairs.map((pair) => {
    const [project, tools = '', act] = pair.split(', ');
    const [ours = NaN, theirs = NaN] = tools
      .split(' / ')
      .map((t) => ms(`${project}, ${t}, ${act}`));
    return [pair, rounded(ours / theirs)] as const;
  });
  const more = rounded(ms('single, task, up') - ms('single, podman run, up'));
  const listed = [...medians].map(([name, value]) => [`${name}, ms`, rounded(value)] as const);
  return {
    conditions: {
      ...{ ...machineConditions(), rounds, node: node.name, podman },
      ...{ 'podman-compose': podmanCompose.version, goals },
    },
    medians: { ...Object.fromEntries(listed), 'single, task over podman run, ms': more },
    ratios: Object.fromEntries(ratios),
  };
}
