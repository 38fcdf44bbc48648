import { readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import * as v from 'valibot';
import type { Level } from './level.ts';

const counts = v.object({
  passed: v.number(),
  failed: v.number(),
  skipped: v.number(),
  skippedTitles: v.array(v.string()),
});

export interface LevelResult extends v.InferOutput<typeof counts> {
  readonly name: string;
  readonly seconds: number;
}

/** Runs a level with its output shown as it comes. A level that dies before it counts is one failure. */
export async function runLevel(level: Level): Promise<LevelResult> {
  const startedAt = performance.now();
  const resultFile = join(tmpdir(), `daemonless-level-${process.pid}-${level.name}.json`);
  const [file, ...args] = level.command;
  const { exitCode, timedOut } = await execa(file, args, {
    stdio: ['ignore', 'inherit', 'inherit'],
    env: { LEVEL_RESULT: resultFile },
    reject: false,
    timeout: level.limitMinutes * 60_000,
    forceKillAfterDelay: 20_000,
  });
  if (timedOut)
    process.stdout.write(`${level.name}: no end within ${level.limitMinutes} minutes\n`);
  const counted = await readCounts(level, resultFile, exitCode === 0);
  return { name: level.name, seconds: (performance.now() - startedAt) / 1000, ...counted };
}

async function readCounts(level: Level, resultFile: string, passed: boolean) {
  const one = { passed: Number(passed), failed: Number(!passed), skipped: 0, skippedTitles: [] };
  if (level.counted === 'command') return one;
  const text = await readFile(resultFile, 'utf8').catch(() => undefined);
  await rm(resultFile, { force: true });
  if (text === undefined) return { ...one, passed: 0, failed: 1 };
  const found = v.parse(counts, JSON.parse(text));
  // All tests passed, yet the command failed: coverage too low, or a rejection after the last test.
  return { ...found, failed: found.failed + Number(!passed && found.failed === 0) };
}
