import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stringify } from 'yaml';
import type { Cause } from '../../scripts/lib/faults/causes.ts';
import { type Faults, startFaults } from '../../scripts/lib/faults/start-faults.ts';
import { toolFolders } from '../../scripts/lib/toolchain/tool-path.ts';
import { builtTasks } from '../support/built-tasks.ts';
import { type PipelineRun, runPipeline } from '../support/run-pipeline.ts';
import { setUp } from '../support/setup-runs.ts';

/** The step's name in YAML, as variables may be called. */
const stepName = (cause: string): string => cause.replace(/\W+/g, '_');

function pipelineOf(causes: readonly Cause[]): string {
  const steps = causes.map(([name, inputs]) => ({
    task: 'SetupBuildkitBuilder@1',
    name: stepName(name),
    inputs: { ...inputs, connectTimeout: '0' },
    continueOnError: true,
  }));
  return stringify({ steps: [{ checkout: 'none' }, ...steps] });
}

describe('a daemon that cannot be used', function () {
  this.timeout(180_000);
  let folder: string;
  let faults: Faults;

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'causes-'));
    await builtTasks();
    faults = await startFaults(folder);
  });

  after(async () => {
    await faults.stop();
    await rm(folder, { recursive: true, force: true });
  });

  for (const node of ['20', '24']) {
    it(`is told in one sentence of its own, at once, and nothing is created (Node ${node})`, async () => {
      const environment = { PATH: [...toolFolders(), process.env['PATH'] ?? ''].join(':') };
      const run = await runPipeline({
        pipeline: pipelineOf(faults.causes),
        environment,
        args: ['--node', node],
      });
      await run.remove();
      for (const cause of faults.causes) checkStep(run, cause);
      assert.doesNotMatch(run.output, /Removed builder/);
    });
  }
});

describe('inputs that are wrong in several ways', function () {
  this.timeout(60_000);

  it('are told all at once, those of the wrong type and those of the wrong meaning', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'inputs-'));
    await builtTasks();
    const inputs = { endpoints: 'buildkitd:1234', connectTimeout: 'soon', maxLoadFactor: '0' };
    const { errors } = await setUp({ folder, inputs });
    await rm(folder, { recursive: true });
    assert.deepEqual(
      errors.map((error) => error.split(':')[0]),
      ['connectTimeout', 'endpoints', 'maxLoadFactor'],
    );
  });
});

function checkStep(run: PipelineRun, [name, , sentence]: Cause): void {
  const step = run.steps.find((each) => each.name === stepName(name) && each.phase === 'main');
  const errors = (step?.issues ?? []).filter(({ type }) => type === 'error');
  assert.equal(
    errors.length,
    1,
    `${name}: expected one sentence, found ${JSON.stringify(step)}\n${run.output}`,
  );
  assert.match(errors[0]?.['message'] ?? '', sentence);
  assert.equal(step?.result, 'SucceededWithIssues');
}
