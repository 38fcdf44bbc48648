import assert from 'node:assert/strict';
import { stringify } from 'yaml';
import type { Playground } from '../../scripts/lib/playground/options.ts';
import type { RecordedStep } from './agent-run.ts';
import { type PipelineRun, runPipeline } from './run-pipeline.ts';

/** A job that attaches to a builder of the playground and builds. */
export interface BuildJob {
  readonly playground: Playground;
  /** Name of a builder; default: the first. */
  readonly builder?: string;
  /** Steps before the attachment, as in YAML. */
  readonly before?: readonly object[];
  /** Inputs of BuildxMultiArch@1, whose step is called `image`. */
  readonly inputs: Readonly<Record<string, string | boolean>>;
  /** Runs after the build, whatever came of it. */
  readonly script?: string;
  /** Files of the repository, by path. */
  readonly files?: Readonly<Record<string, string>>;
  /** Variables, secure files and connections, as `--resources` takes them. */
  readonly resources?: object;
}

export interface BuildJobRun {
  readonly run: PipelineRun;
  /** The step that builds. */
  readonly step: RecordedStep;
}

/** Runs it on the local agent with the bundled tasks; remove the run's files in the end. */
export async function runBuildJob(job: BuildJob): Promise<BuildJobRun> {
  const { playground, before = [], inputs, script = 'true', files = {}, resources = {} } = job;
  const { address } = playground.builder(job.builder ?? 'first');
  const pipeline = stringify({
    steps: [
      ...before,
      { task: 'SetupBuildkitBuilder@1', inputs: { endpoints: address } },
      { task: 'BuildxMultiArch@1', name: 'image', inputs },
      { script, condition: 'always()' },
    ],
  });
  const run = await runPipeline({
    pipeline,
    resources: stringify({ variables: {}, ...resources }),
    environment: playground.environment,
    files,
  });
  const step = run.steps.find(({ name, phase }) => name === 'image' && phase === 'main');
  assert.ok(step, run.output);
  return { run, step };
}
