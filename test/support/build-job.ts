import assert from 'node:assert/strict';
import { stringify } from 'yaml';
import type { Credentials } from '../../scripts/lib/playground/options.ts';
import type { RecordedStep } from './agent-run.ts';
import { type PipelineInput, type PipelineRun, runPipeline } from './run-pipeline.ts';

type Inputs = Readonly<Record<string, string | number | boolean>>;

export interface BuildJob extends Partial<
  Pick<PipelineInput, 'cancelAt' | 'cancel' | 'onLine' | 'args'>
> {
  /** Of SetupBuildkitBuilder. */
  readonly attach: Inputs;
  /** Of BuildxMultiArch. */
  readonly inputs: Inputs;
  readonly files: Readonly<Record<string, string>>;
  readonly environment: Readonly<Record<string, string>>;
  /** Secret variables by name. */
  readonly secrets?: Readonly<Record<string, string>>;
  /** Paths among `files` by the names of secure files. */
  readonly secureFiles?: Readonly<Record<string, string>>;
  /** Number of the pipeline: runs of one are compared with each other. */
  readonly definition?: number;
  /** Steps before the attachment. */
  readonly before?: readonly object[];
  /** Runs after the build, whatever came of it. */
  readonly script?: string;
  /** What the connection `registry` logs in with. */
  readonly login?: Credentials & { readonly host: string };
}

export interface BuildJobRun {
  readonly run: PipelineRun;
  /** Of BuildxMultiArch. */
  readonly step: RecordedStep;
}

/** A job that attaches to a builder and builds, run on the local agent with the bundled tasks. */
export async function runBuildJob(job: BuildJob): Promise<BuildJobRun> {
  const { attach, inputs, files, environment, before = [], script, ...more } = job;
  const pipeline = stringify({
    steps: [
      ...before,
      { task: 'SetupBuildkitBuilder@1', inputs: attach },
      { task: 'BuildxMultiArch@1', name: 'image', inputs },
      ...(script === undefined ? [] : [{ script, condition: 'always()' }]),
    ],
  });
  const resources = resourcesOf(job);
  const run = await runPipeline({ pipeline, resources, environment, files, ...more });
  const step = run.steps.find(({ name, phase }) => name === 'image' && phase === 'main');
  assert.ok(step, run.output);
  return { run, step };
}

function resourcesOf({ login, secrets = {}, secureFiles = {}, definition }: BuildJob): string {
  return stringify({
    ...(definition === undefined
      ? {}
      : { predefined: { 'System.DefinitionId': String(definition) } }),
    variables: Object.fromEntries(
      Object.entries(secrets).map(([name, value]) => [name, { value, secret: true }]),
    ),
    secureFiles,
    ...(login === undefined ? {} : { serviceConnections: { registry: connection(login) } }),
  });
}

function connection({ host, ...credentials }: NonNullable<BuildJob['login']>) {
  return {
    ...{ type: 'dockerregistry', scheme: 'UsernamePassword', url: 'https://hub.docker.com/' },
    parameters: { registry: host, ...credentials },
  };
}
