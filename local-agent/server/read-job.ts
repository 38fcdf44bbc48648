import type { Node } from 'yaml';
import type { JobVariable } from '../protocol/job-message.ts';
import type { PipelineJob, PipelineStep } from './pipeline.ts';
import { readStep } from './read-step.ts';
import { expandTemplate, type TemplateContext } from './template.ts';
import { readVariables } from './variables.ts';
import { booleanField, countField, located, textField } from './yaml/fields.ts';
import type { Entry, Reader } from './yaml/reader.ts';

const JOB_KEYS = [
  'job',
  'displayName',
  'condition',
  'continueOnError',
  'pool',
  'steps',
  'timeoutInMinutes',
  'variables',
];

/** What a job inherits from the root of the file. */
export interface Inherited {
  readonly variables: readonly JobVariable[];
  readonly context: TemplateContext;
}

/** Reads `jobs:`. Names must be unique; every job needs steps. */
export function readJobs(reader: Reader, entry: Entry, inherited: Inherited): PipelineJob[] {
  const seen = new Set<string>();
  return reader.items(entry.node, '"jobs"').flatMap((node) => {
    const fields = reader.fields(node, 'a job', JOB_KEYS);
    const name = located(reader, fields, 'job');
    if (!name?.value) {
      reader.source.report(node, 'expected a job to have a name (job: NAME)');
      return [];
    }
    if (seen.has(name.value)) reader.source.reportAt(name.at, `job "${name.value}" is there twice`);
    seen.add(name.value);
    return [readJob(reader, node, name.value, fields, inherited)];
  });
}

function readJob(
  reader: Reader,
  node: Node,
  name: string,
  fields: ReadonlyMap<string, Entry>,
  inherited: Inherited,
): PipelineJob {
  const scope = defineVariables(reader, fields.get('variables'), inherited);
  const inner = scope.reader;
  if (!fields.has('steps')) reader.source.report(node, `expected job "${name}" to have "steps"`);
  return {
    name,
    displayName: textField(inner, fields, 'displayName', name),
    condition: located(inner, fields, 'condition'),
    continueOnError: booleanField(inner, fields, 'continueOnError', false),
    timeoutInMinutes: countField(inner, fields, 'timeoutInMinutes', { fallback: 60, max: 525_600 }),
    variables: scope.variables,
    steps: readSteps(inner, fields.get('steps')),
  };
}

/** A file with `steps:` at its root has one job, called Job, as on the server. */
export function singleJob(
  reader: Reader,
  steps: Entry,
  variables: readonly JobVariable[],
): PipelineJob {
  return {
    name: 'Job',
    displayName: 'Job',
    condition: null,
    continueOnError: false,
    timeoutInMinutes: 60,
    variables,
    steps: readSteps(reader, steps),
  };
}

/** Adds the variables of one level to those inherited; a later definition of a name replaces an earlier one. */
export function defineVariables(
  reader: Reader,
  entry: Entry | undefined,
  { variables, context }: Inherited,
): Inherited & { readonly reader: Reader } {
  const byName = new Map(variables.map((variable) => [variable.name.toLowerCase(), variable]));
  const values = new Map(context.variables);
  const inner = reader.with((text) => expandTemplate(text, { ...context, variables: values }));
  readVariables(inner, entry, (variable) => {
    byName.set(variable.name.toLowerCase(), variable);
    values.set(variable.name.toLowerCase(), variable.value);
  });
  return {
    variables: [...byName.values()],
    context: { ...context, variables: values },
    reader: inner,
  };
}

function readSteps(reader: Reader, entry: Entry | undefined): PipelineStep[] {
  if (!entry) return [];
  return reader
    .items(entry.node, '"steps"')
    .map((node) => readStep(reader, node))
    .filter((step) => step !== null);
}
