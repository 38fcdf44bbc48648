import { readFile } from 'node:fs/promises';
import * as v from 'valibot';
import type { PushedImage } from './pushed-image.ts';
import type { Scenario } from './scenario.ts';

const step = v.object({
  name: v.string(),
  displayName: v.string(),
  phase: v.picklist(['pre', 'main', 'post']),
  result: v.string(),
  seconds: v.number(),
  outputs: v.record(v.string(), v.string()),
  events: v.array(v.looseObject({ command: v.string() })),
});

const record = v.object({ result: v.string(), jobs: v.array(v.object({ steps: v.array(step) })) });

export type RunRecord = v.InferOutput<typeof record>;

/** The local agent's record of the run (its `--json` file). */
export async function readRecord(scenario: Scenario): Promise<RunRecord> {
  return v.parse(record, JSON.parse(await readFile(scenario.recordFile, 'utf8')));
}

/** An output variable of a step by the step's name; '' when it was not set. */
export function outputOf(run: RunRecord, stepName: string, output: string): string {
  const steps = run.jobs.flatMap((job) => job.steps);
  const found = steps.find(
    (candidate) => candidate.name === stepName && candidate.phase === 'main',
  );
  return found?.outputs[output] ?? '';
}

/** What a newcomer wants to know at the end: what was built, what ran, where to look. */
export function closingReport(
  run: RunRecord,
  image: PushedImage,
  scenario: Scenario,
): readonly string[] {
  const steps = run.jobs.flatMap((job) => job.steps).filter(({ phase }) => phase === 'main');
  return [
    '',
    'Built',
    `  digest       ${image.digest}`,
    `  platforms    ${image.platforms.join(', ')} (as the registry tells)`,
    `  cache        ${outputOf(run, 'image', 'cacheShare')} % of the build's own steps came from the cache`,
    'Ran',
    ...steps.map(
      ({ displayName, result, seconds }) =>
        `  ${`${seconds.toFixed(1)} s`.padStart(8)}  ${result.padEnd(10)} ${displayName}`,
    ),
    'Look at',
    `  pipeline     examples/orders/azure-pipelines.yml`,
    `  run record   ${scenario.recordFile}`,
    `  daemon logs  ${scenario.stateDir}`,
  ];
}
