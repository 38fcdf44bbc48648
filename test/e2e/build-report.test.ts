import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'valibot';
import { stringify } from 'yaml';
import type { Playground } from '../../scripts/lib/playground/options.ts';
import { startPlayground } from '../../scripts/lib/playground/start-playground.ts';
import { type BuildReport, buildReportSchema } from '../../src/core/report/build-report.ts';
import type { RecordedStep } from '../support/agent-run.ts';
import { builtTasks } from '../support/built-tasks.ts';
import { type PipelineRun, runPipeline } from '../support/run-pipeline.ts';

const sources = {
  'base.txt': 'one\n',
  'src/app.txt': 'one\n',
  'src/other.txt': 'one\n',
  'README.md': 'one\n',
  '.dockerignore': 'ignored\n*.yml\nwork\nrecord.json\n',
  'base.Dockerfile': 'FROM busybox:1\nCOPY base.txt /base.txt\n',
  Dockerfile: `ARG BASE=busybox:1
FROM $BASE AS build
RUN echo base > /made
COPY src /src
RUN sleep 0.2; cat /src/* > /all

FROM $BASE
COPY --from=build /all /all
CMD cat /all
`,
};

/** The agent uploads it after the step, and empties the folder at the end of the job. */
const lookAtRecord = `for file in $AGENT_TEMPDIRECTORY/daemonless/*/records/*; do
  [ -f "$file" ] && echo "record: $(od -An -tx1 -N2 "$file" | tr -d ' ') $(stat -c %s "$file")"
done; true`;

const failing = {
  Dockerfile: 'FROM busybox:1\nRUN echo "looking for it" >&2; ls /nowhere\nCMD ls\n',
};

interface Reported {
  readonly run: PipelineRun;
  readonly step: RecordedStep;
  readonly report: BuildReport;
  readonly summary: string;
}

describe('The report of BuildxMultiArch, run after run', function () {
  this.timeout(240_000);
  let folder: string;
  let playground: Playground;
  const runs: PipelineRun[] = [];

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'build-report-'));
    await builtTasks();
    playground = await startPlayground({
      stateDir: join(folder, 'playground'),
      builders: [{ name: 'only' }],
      registries: [{ name: 'open', storageDir: join(folder, 'registry') }],
    });
  });

  after(async () => {
    await Promise.all(runs.map((run) => run.remove()));
    await playground.stop();
    await rm(folder, { recursive: true, force: true });
  });

  /** A run of the pipeline that builds a base image, then another image from it. */
  async function build(
    files: Readonly<Record<string, string>>,
    inputs: Readonly<Record<string, string | boolean>> = {},
  ): Promise<Reported> {
    const { host } = playground.registry('open');
    const base = `${host}/shop/base:1`;
    const pipeline = stringify({
      steps: [
        {
          task: 'SetupBuildkitBuilder@1',
          inputs: { endpoints: playground.builder('only').address },
        },
        {
          task: 'BuildxMultiArch@1',
          inputs: { tags: base, dockerfile: 'base.Dockerfile', provenance: 'none' },
        },
        {
          task: 'BuildxMultiArch@1',
          name: 'image',
          inputs: { tags: `${host}/shop/app:1`, buildArgs: `BASE=${base}`, ...inputs },
        },
        { bash: lookAtRecord, condition: 'always()' },
      ],
    });
    const resources = stringify({ predefined: { 'System.DefinitionId': '7' } });
    const run = await runPipeline({
      ...{ pipeline, resources, environment: playground.environment },
      files: { ...sources, ...files },
      args: ['--history', join(folder, 'runs')],
    });
    runs.push(run);
    const step = run.steps.find(({ name, phase }) => name === 'image' && phase === 'main');
    assert.ok(step, run.output);
    const text = (type: string): Promise<string> => {
      const found = step.attachments.find((one) => one.type === type);
      assert.ok(found, run.output);
      return readFile(found.stored, 'utf8');
    };
    const report = parse(buildReportSchema, JSON.parse(await text('daemonless.report')));
    return { run, step, report, summary: await text('DistributedTask.Core.Summary') };
  }

  it('of the first run says that there is nothing to compare with', async () => {
    const { report, summary, step, run } = await build({});
    assert.equal(run.exitCode, 0, run.output);
    assert.equal(report.cache.comparison.kind, 'none');
    assert.match(summary, /no earlier run of refs\/heads\/main has a report of this step/);
    assert.ok(Number(step.outputVariables['size']) > 100_000);
    assert.ok((step.outputVariables['historyRef'] ?? '').length > 10);
    assert.deepEqual(report.lint.map(({ rule, line }) => [rule, line]), [['JSONArgsRecommended', 9]]); // prettier-ignore
    const [lint] = step.issues;
    assert.deepEqual([lint?.['code'], lint?.['sourcepath']], ['JSONArgsRecommended', 'Dockerfile']);
  });

  it('of a run that changed nothing says 100 %, and asks for no earlier run', async () => {
    const { report, summary } = await build({});
    assert.match(summary, /\| Cached \| 4 of 4 steps \(100 %\) \|/);
    assert.deepEqual(report.cache.breaks, []);
  });

  it('names the files of a COPY that changed, and no others', async () => {
    const { run, report, summary } = await build({ 'src/app.txt': 'two\n', 'README.md': 'two\n' });
    const [first, second] = report.cache.breaks;
    assert.deepEqual(first?.cause, { kind: 'files-changed', files: ['src/app.txt'], count: 1 });
    assert.equal(second?.cause.kind, 'parent-changed');
    assert.match(run.output, /build 3\/4 "COPY src \/src": files changed: src\/app\.txt$/m);
    assert.match(summary, /files changed: src\/app\.txt/);
  });

  it('names the base image that moved', async () => {
    const { report, summary } = await build({ 'base.txt': 'two\n', 'src/app.txt': 'two\n' });
    const [first] = report.cache.breaks;
    assert.equal(first?.cause.kind, 'base-moved');
    assert.match(summary, /the base image .*\/shop\/base:1 moved, sha256:\w+ -\\> sha256:\w+/);
  });

  it('tells an argument that changed without a word of the instruction', async () => {
    const files = { Dockerfile: sources.Dockerfile.replace('RUN echo', 'ARG LEVEL\nRUN echo') };
    await build(files, { buildArgs: 'LEVEL=1' });
    const { report } = await build(files, { buildArgs: 'LEVEL=2' });
    assert.equal(report.cache.breaks[0]?.cause.kind, 'setting-changed');
  });

  it('of a failed build has the step, its last lines and what it spent its time on', async () => {
    const { run, report, summary } = await build(failing);
    assert.equal(run.exitCode, 1);
    assert.equal(report.failure?.line, 2);
    assert.match(summary, /failed with exit code 1/);
    assert.match(summary, /looking for it\nls: \/nowhere: No such file/);
    assert.deepEqual(report.lint.map(({ rule }) => rule), ['JSONArgsRecommended']); // prettier-ignore
  });

  it('of builds side by side has both platforms, each with its digest, size and cache', async () => {
    const inputs = {
      platforms: 'linux/amd64, linux/arm64',
      strategy: 'perPlatform',
      dockerfile: 'base.Dockerfile',
      buildArgs: '',
    };
    await build(sources, inputs);
    // The step before builds the same for amd64.
    const { run, report, summary } = await build({ 'base.txt': 'three\n' }, inputs);
    assert.equal(run.exitCode, 0, run.output);
    assert.deepEqual(report.platforms.map(({ platform }) => platform), ['linux/amd64', 'linux/arm64']); // prettier-ignore
    for (const { digest = '', size = 0, reached, ms } of report.platforms) {
      assert.match(digest, /^sha256:/);
      assert.ok(size > 100_000 && reached === 1 && ms > 0);
    }
    assert.match(summary, /\| linux\/arm64 \| emulated \|/);
    assert.match(
      summary,
      /^- linux\/arm64: step 2\/2 "COPY base\.txt .*files changed: base\.txt$/m,
    );
  });

  it('publishes the build record when asked to', async () => {
    const { step, run } = await build(sources, { buildRecord: true });
    const upload = step.events.find(({ event }) => event === 'artifact.upload');
    assert.equal(upload?.properties['artifactname'], 'build-records');
    assert.match(run.output, /^record: 1f8b \d{4,}$/m);
  });

  it('fails with every finding before anything is pushed when lint is an error', async () => {
    const { host } = playground.registry('open');
    const { run, step } = await build(sources, { lint: 'error', tags: `${host}/shop/linted:1` });
    assert.equal(run.exitCode, 1);
    const [issue, ...others] = step.issues.filter(({ type }) => type === 'error');
    assert.deepEqual(others, []);
    assert.equal(issue?.['code'], 'JSONArgsRecommended');
    assert.equal(String(issue['line']), '9');
    assert.equal(step.outputVariables['digest'], undefined);
  });
});
