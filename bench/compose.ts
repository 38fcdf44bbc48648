import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import { execa } from 'execa';
import * as v from 'valibot';
import { agentNodes } from '../scripts/lib/agent-nodes.ts';
import {
  type BenchResult,
  machineConditions,
  median,
  rounded,
} from '../scripts/lib/bench/bench-result.ts';
import { largeCompose } from '../scripts/lib/bench/large-compose.ts';

const runs = 15;
const services = 200;
const toldSchema = v.object({
  ms: v.number(),
  /** Of all threads; on a busy machine it says more than the clock. */
  cpuMs: v.number(),
  peakMb: v.number(),
  services: v.literal(services),
});

/** A compose file of 200 services, loaded once by a process that has done nothing before. */
export async function run(): Promise<BenchResult> {
  const folder = await mkdtemp(join(tmpdir(), 'bench-compose-'));
  try {
    const file = join(folder, 'compose.yaml');
    const text = largeCompose(services);
    await writeFile(file, text);
    const program = join(folder, 'load.cjs');
    await build({
      ...{ entryPoints: ['scripts/lib/bench/load-and-tell.ts'], outfile: program },
      ...{ bundle: true, minify: true, platform: 'node', format: 'cjs', target: 'node20' },
    });
    const medians: Record<string, number> = {};
    for (const node of agentNodes()) {
      const told = await loads(node.path, program, file);
      medians[`${node.name}, load, ms`] = rounded(median(told.map(({ ms }) => ms)));
      medians[`${node.name}, processor, ms`] = rounded(median(told.map(({ cpuMs }) => cpuMs)));
      medians[`${node.name}, peak memory, MB`] = rounded(median(told.map(({ peakMb }) => peakMb)));
    }
    const goal = 'under 300 ms and 150 MB';
    const size = { services, lines: text.split('\n').length };
    return { conditions: { ...machineConditions(), runs, ...size, goal }, medians, ratios: {} };
  } finally {
    await rm(folder, { recursive: true });
  }
}

async function loads(
  node: string,
  program: string,
  file: string,
): Promise<readonly v.InferOutput<typeof toldSchema>[]> {
  const told: v.InferOutput<typeof toldSchema>[] = [];
  for (let at = 0; at < runs; at += 1) {
    const { stdout } = await execa(node, [program, file]);
    told.push(v.parse(toldSchema, JSON.parse(stdout)));
  }
  return told;
}
