import { rm } from 'node:fs/promises';
import type { Playground } from '../playground/options.ts';
import { startPlayground } from '../playground/start-playground.ts';
import type { Log } from '../progress.ts';
import { bundleAllTasks } from '../build/bundle-all-tasks.ts';
import { closingReport, readRecord } from './closing-report.ts';
import {
  fileLeftovers,
  marker,
  podmanLeftovers,
  podmanNetworks,
  processLeftovers,
} from './leftovers.ts';
import { pushedImage } from './pushed-image.ts';
import { runPipeline } from './run-pipeline.ts';
import { type Scenario, prepareScenario, writeResources } from './scenario.ts';

export interface DemoOptions {
  readonly stateDir: string;
  /** As the local agent's `--node`. */
  readonly node: string | undefined;
  readonly cancellation: AbortSignal;
  readonly log: Log;
}

const cancelled = 130;

/** Runs the example's pipeline on a playground of its own; resolves with the exit code. */
export async function runDemo(options: DemoOptions): Promise<number> {
  // Before the marker: esbuild's service lives as long as this process.
  await bundleAllTasks(process.cwd());
  const id = `${process.pid}-${Date.now()}`;
  process.env[marker] = id;
  const scenario = await prepareScenario(options.stateDir);
  options.log(
    'Starting BuildKit with mTLS, a registry with a password, and the mirror of docker.io …',
  );
  const playground = await startPlayground({
    stateDir: `${scenario.stateDir}/playground`,
    builders: [{ name: 'ci', tls: true }],
    registries: [
      { name: 'ci', credentials: scenario.credentials, storageDir: scenario.registryDir },
    ],
    log: options.log,
  });
  const left: string[] = [];
  let exitCode: number;
  try {
    exitCode = await runAndReport(options, scenario, playground, left);
  } finally {
    await playground.stop();
    await rm(scenario.resourcesFile, { force: true });
  }
  left.push(...(await processLeftovers(id)), ...(await fileLeftovers(scenario.workDir)));
  return tellLeftovers(left, options.log) ? exitCode : 1;
}

async function runAndReport(
  options: DemoOptions,
  scenario: Scenario,
  playground: Playground,
  left: string[],
): Promise<number> {
  if (options.cancellation.aborted) return cancelled;
  await writeResources(scenario, playground);
  const networks = await podmanNetworks(playground.environment);
  const exitCode = await runPipeline(
    scenario,
    playground.environment,
    options.node,
    options.cancellation,
  );
  left.push(...(await podmanLeftovers(playground.environment, networks)));
  if (exitCode === 0) await report(scenario, playground, options.log);
  return exitCode;
}

async function report(scenario: Scenario, playground: Playground, log: Log): Promise<void> {
  const { host } = playground.registry('ci');
  const image = await pushedImage(host, 'shop/orders', 'latest', scenario.credentials);
  for (const line of closingReport(await readRecord(scenario), image, scenario)) log(line);
}

function tellLeftovers(left: readonly string[], log: Log): boolean {
  if (left.length === 0) log('Left behind: nothing.');
  else log(`Left behind, which is a defect:\n${left.map((what) => `  ${what}`).join('\n')}`);
  return left.length === 0;
}
