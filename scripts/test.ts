import { levels } from './lib/levels/level.ts';
import { runIfDue } from './lib/levels/run-if-due.ts';
import type { LevelResult } from './lib/levels/run-level.ts';
import { summarise } from './lib/levels/summary.ts';

const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !levels.some((level) => level.name === name));
if (unknown.length > 0) {
  console.error(
    `Unknown test level: ${unknown.join(', ')}. The levels are ${levels.map((level) => level.name).join(', ')}.`,
  );
  process.exit(2);
}

const results: LevelResult[] = [];
for (const level of levels) {
  if (wanted.length > 0 && !wanted.includes(level.name)) continue;
  console.log(`\n== ${level.name}`);
  results.push(await runIfDue(level, wanted.includes(level.name), console.log));
}
for (const line of summarise(results)) console.log(line);
process.exitCode = results.some((result) => result.failed > 0) ? 1 : 0;
