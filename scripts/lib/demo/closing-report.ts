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
  outputVariables: v.record(v.string(), v.string()),
  events: v.array(v.object({ event: v.string(), properties: v.record(v.string(), v.string()) })),
});

const record = v.object({ result: v.string(), jobs: v.array(v.object({ steps: v.array(step) })) });

export type RunRecord = v.InferOutput<typeof record>;

/** The local agent's record of the run (its `--json` file). */
export async function readRecord(scenario: Scenario): Promise<RunRecord> {
  return v.parse(record, JSON.parse(await readFile(scenario.recordFile, 'utf8')));
}

/** An output variable of a step by the step's name; '' when it was not set. */
function outputOf(run: RunRecord, stepName: string, output: string): string {
  const steps = run.jobs.flatMap((job) => job.steps);
  const found = steps.find(
    (candidate) => candidate.name === stepName && candidate.phase === 'main',
  );
  return found?.outputVariables[output] ?? '';
}

function testedLine(run: RunRecord): string {
  const steps = run.jobs.flatMap((job) => job.steps);
  const published = steps
    .flatMap(({ events }) => events)
    .find(({ event }) => event === 'results.publish');
  const count = (name: string): string => published?.properties[name] ?? '0';
  return `${count('tests')} tests against PostgreSQL and Redis, ${count('failures')} failed, ${count('errors')} errors`;
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
    'Tested',
    `  ${testedLine(run)}`,
    'Ran',
    ...steps.map(
      ({ displayName, result, seconds }) =>
        `  ${`${seconds.toFixed(1)} s`.padStart(8)}  ${result.padEnd(10)} ${displayName}`,
    ),
    'Look at',
    `  pipeline     examples/orders/azure-pipelines.yml`,
    `  run record   ${scenario.recordFile}`,
    `  tab          npm run tab -- ${scenario.recordFile}`,
    `  summaries    ${scenario.workDir}/_attachments`,
    `  test results ${scenario.workDir}/1/TestResults`,
    `  daemon logs  ${scenario.stateDir}`,
  ];
}
