import { readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import * as v from 'valibot';
import type { Command, Level } from './level.ts';

const counts = v.object({
  passed: v.number(),
  failed: v.number(),
  skipped: v.number(),
  skippedTitles: v.array(v.string()),
});

type Counts = v.InferOutput<typeof counts>;

export interface LevelResult extends Counts {
  readonly name: string;
  readonly seconds: number;
}

interface LaneResult {
  readonly counted: Counts;
  /** What was not shown as it came. */
  readonly held: string;
}

/**
 * Runs a level, its lanes side by side. The first lane's output is shown as it comes, that of another one whole, once
 * those before it have ended: so a person can read it. A lane that dies before it counts is one failure.
 */
export async function runLevel(level: Level): Promise<LevelResult> {
  const startedAt = performance.now();
  await level.prepare?.();
  const results: Counts[] = [];
  for (const lane of level.lanes.map((command, at) => runLane(level, command, at))) {
    const { counted, held } = await lane;
    process.stdout.write(held);
    results.push(counted);
  }
  return { name: level.name, seconds: (performance.now() - startedAt) / 1000, ...sum(results) };
}

async function runLane(level: Level, [file, ...args]: Command, at: number): Promise<LaneResult> {
  const resultFile = join(tmpdir(), `daemonless-level-${process.pid}-${level.name}-${at}.json`);
  const shown = at === 0 ? 'inherit' : 'pipe';
  const { exitCode, timedOut, all } = await execa(file, args, {
    stdio: ['ignore', shown, shown],
    all: true,
    stripFinalNewline: false,
    env: { LEVEL_RESULT: resultFile },
    reject: false,
    timeout: level.limitMinutes * 60_000,
    forceKillAfterDelay: 20_000,
  });
  const late = timedOut ? `${level.name}: no end within ${level.limitMinutes} minutes\n` : '';
  const counted = await readCounts(level, resultFile, exitCode === 0);
  return { counted, held: `${all ?? ''}${late}` };
}

async function readCounts(level: Level, resultFile: string, passed: boolean): Promise<Counts> {
  const one = { passed: Number(passed), failed: Number(!passed), skipped: 0, skippedTitles: [] };
  if (level.counted === 'command') return one;
  const text = await readFile(resultFile, 'utf8').catch(() => undefined);
  await rm(resultFile, { force: true });
  if (text === undefined) return { ...one, passed: 0, failed: 1 };
  const found = v.parse(counts, JSON.parse(text));
  // All tests passed, yet the command failed: coverage too low, or a rejection after the last test.
  return { ...found, failed: found.failed + Number(!passed && found.failed === 0) };
}

function sum(lanes: readonly Counts[]): Counts {
  const total = (field: 'passed' | 'failed' | 'skipped'): number =>
    lanes.reduce((so, lane) => so + lane[field], 0);
  return {
    ...{ passed: total('passed'), failed: total('failed'), skipped: total('skipped') },
    skippedTitles: lanes.flatMap(({ skippedTitles }) => skippedTitles),
  };
}
