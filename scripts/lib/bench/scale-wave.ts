import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { execa } from 'execa';
import { toolPath } from '../toolchain/tool-path.ts';
import type { ScaleDaemon } from './scale-daemons.ts';
import { choose } from './simulate-routing.ts';

/** `cached`: nothing to do; `distinct`: three steps of its own each; `export`: these, and their cache with mode=max. */
export const waveKinds = ['cached', 'distinct', 'export'] as const;
export type WaveKind = (typeof waveKinds)[number];

/** So many builds started at the same moment. */
export interface Wave {
  readonly kind: WaveKind;
  readonly builds: number;
}

export interface WaveResult {
  readonly wallSeconds: number;
  readonly failures: number;
  /** The most that all daemons together had at one moment. */
  readonly memoryMb: number;
  readonly diskMb: number;
  /** Builds of the busiest daemon over its fair share; 1 is even. */
  readonly spread: number;
}

const buildLimit = 10 * 60_000;
const samplePause = 500;

const dockerfile = `FROM busybox:1
ARG NONCE=0
RUN echo "$NONCE" > /a && dd if=/dev/urandom of=/b bs=64k count=32 2>/dev/null
RUN sha256sum /b > /c
RUN cat /c > /d
`;

/** Runs a wave on daemons, each build on the one that the task would choose for its repository. */
export async function runWave(
  { kind, builds }: Wave,
  daemons: readonly ScaleDaemon[],
  folder: string,
  registry: string,
): Promise<WaveResult> {
  const context = await contextIn(folder);
  const chosen = place(builds, daemons);
  const nonce =
    kind === 'cached' ? () => 'same' : (at: number) => `${kind}-${builds}-${at}-${Date.now()}`;
  const build = (daemon: ScaleDaemon, at: number): Promise<boolean> =>
    isBuilt(daemon, context, nonce(at), kind === 'export' ? `${registry}/cache:${at}` : undefined);
  if (kind === 'cached') await Promise.all(daemons.map(build));
  const watch = watchPeaks(daemons);
  const begin = performance.now();
  const outcomes = await Promise.all(chosen.map(build));
  const wallSeconds = (performance.now() - begin) / 1000;
  const most = Math.max(...daemons.map((one) => chosen.filter((each) => each === one).length));
  const failures = outcomes.filter((isGood) => !isGood).length;
  return {
    wallSeconds,
    failures,
    ...(await watch.stop()),
    spread: (most * daemons.length) / builds,
  };
}

/** By the task's own routing, with the loads that earlier builds of the wave made. */
function place(builds: number, daemons: readonly ScaleDaemon[]): readonly ScaleDaemon[] {
  const running = new Map(daemons.map((daemon) => [daemon.name, 0]));
  return Array.from({ length: builds }, (_, at) => {
    const candidates = [...running].map(([name, runningBuilds]) => {
      return { name, runningBuilds, isReady: true };
    });
    const name = choose('affinity', `repository-${at}`, candidates, 2, Math.random) ?? '';
    running.set(name, (running.get(name) ?? 0) + 1);
    const daemon = daemons.find((each) => each.name === name);
    if (daemon === undefined) throw new Error('There is no daemon to build on.');
    return daemon;
  });
}

async function isBuilt(
  { address }: ScaleDaemon,
  context: string,
  nonce: string,
  cache: string | undefined,
): Promise<boolean> {
  const argv = ['--addr', address, 'build', '--frontend', 'dockerfile.v0', '--progress', 'plain'];
  argv.push('--local', `context=${context}`, '--local', `dockerfile=${context}`);
  argv.push('--opt', `build-arg:NONCE=${nonce}`);
  if (cache !== undefined) argv.push('--export-cache', `type=registry,mode=max,ref=${cache}`);
  const options = { env: { DOCKER_CONFIG: context }, reject: false, timeout: buildLimit } as const;
  const { exitCode, stderr } = await execa(toolPath('buildctl'), argv, options);
  if (exitCode !== 0) console.error(stderr.split('\n').slice(-3).join('\n'));
  return exitCode === 0;
}

async function contextIn(folder: string): Promise<string> {
  const context = join(folder, 'context');
  await mkdir(context, { recursive: true });
  await writeFile(join(context, 'Dockerfile'), dockerfile);
  return context;
}

function watchPeaks(daemons: readonly ScaleDaemon[]) {
  const peaks = { memoryMb: 0, diskMb: 0 };
  const sample = async (): Promise<void> => {
    const disks = await Promise.all(daemons.map((daemon) => daemon.diskMb()));
    peaks.diskMb = Math.max(peaks.diskMb, sum(disks));
    peaks.memoryMb = Math.max(peaks.memoryMb, sum(daemons.map((daemon) => daemon.memoryMb())));
  };
  const over = new AbortController();
  const watching = watchUntil(over.signal, sample);
  return {
    stop: async (): Promise<typeof peaks> => {
      over.abort();
      await watching;
      await sample();
      return peaks;
    },
  };
}

async function watchUntil(over: AbortSignal, sample: () => Promise<void>): Promise<void> {
  while (!over.aborted) {
    await sample();
    await sleep(samplePause);
  }
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
