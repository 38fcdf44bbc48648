import type { Scalar } from '../expressions/values.ts';
import { readParameters } from './parameters.ts';
import type { Pipeline } from './pipeline.ts';
import { defineVariables, readJobs, singleJob } from './read-job.ts';
import { expandTemplate } from './template.ts';
import { Reader, type Entry } from './yaml/reader.ts';
import type { SourceFile } from './yaml/source-file.ts';

/** When and where the server would run the pipeline. Here it runs now, on this machine, so they are read past. */
const SERVER_ONLY = ['trigger', 'pr', 'schedules', 'pool'];
const ROOT_KEYS = ['parameters', 'variables', 'jobs', 'steps', ...SERVER_ONLY];

/** What the command line and the server know before the file is read; keys of `variables` in lower case. */
export interface CompileTimeValues {
  readonly parameters: ReadonlyMap<string, string>;
  readonly variables: ReadonlyMap<string, Scalar>;
}

/** Reads a pipeline file. Everything wrong with it is reported to `source`, so look at `source.problems` first. */
export function readPipeline(source: SourceFile, given: CompileTimeValues): Pipeline {
  const plain = new Reader(source, (text) => text);
  const fields = plain.fields(source.root, 'a pipeline', ROOT_KEYS);
  if (!source.root) source.report(null, 'expected a pipeline, found an empty file');
  const parameters = readParameters(plain, fields.get('parameters'), given.parameters);
  const context = { parameters, variables: given.variables };
  const reader = plain.with((text) => expandTemplate(text, context));
  const root = defineVariables(reader, fields.get('variables'), { variables: [], context });
  const jobs = fields.get('jobs');
  const steps = fields.get('steps');
  const unused = SERVER_ONLY.filter((key) => fields.has(key));
  if (jobs) {
    refuseBoth(source, steps);
    return { jobs: readJobs(root.reader, jobs, root), unused };
  }
  if (steps) return { jobs: [singleJob(root.reader, steps, root.variables)], unused };
  if (source.problems.length === 0)
    source.report(source.root, 'expected a pipeline to have "steps" or "jobs"');
  return { jobs: [], unused };
}

function refuseBoth(source: SourceFile, steps: Entry | undefined): void {
  if (steps) source.reportAt(steps.keyAt, 'expected either "steps" or "jobs", found both');
}
