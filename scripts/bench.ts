import { readdirSync } from 'node:fs';
import { benchLines } from './lib/bench/bench-lines.ts';
import type { BenchResult } from './lib/bench/bench-result.ts';
import { runScript } from './lib/run-script.ts';

const names = readdirSync('bench')
  .filter((file) => file.endsWith('.ts'))
  .map((file) => file.replace('.ts', ''))
  .sort();
const name = process.argv[2] ?? '';

if (!names.includes(name)) {
  console.error(`There is no benchmark "${name}". There are: ${names.join(', ')}.`);
  process.exit(2);
}

await runScript(async () => {
  const bench = (await import(`../bench/${name}.ts`)) as {
    run: (argv: readonly string[]) => Promise<BenchResult>;
  };
  for (const line of benchLines(name, await bench.run(process.argv.slice(3)))) console.log(line);
});
