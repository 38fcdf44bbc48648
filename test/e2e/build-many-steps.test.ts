import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import type { Playground } from '../../scripts/lib/playground/options.ts';
import type { BuildReport } from '../../src/core/report/build-report.ts';
import type { RecordedStep } from '../support/agent-run.ts';
import { type BuildJobRun, runBuildJob } from '../support/build-job.ts';
import { type Ground, startGround } from '../support/ground.ts';

/** A summary of more is not shown (learn.microsoft.com, "UploadSummary"); ours should be read, besides. */
const mostSummary = 64 * 1024;

/** Equal steps would be one for BuildKit. */
const copies = (count: number, stage = ''): readonly string[] =>
  Array.from({ length: count }, (_, at) => `COPY app.txt /${stage}${at}`);

/** Five stages side by side, 500 steps together, in an image made of them all. */
const fiveStages = [
  ...'abcde'.split('').flatMap((name) => [`FROM busybox:1 AS ${name}`, ...copies(99, name)]),
  'FROM busybox:1',
  ...'abcde'.split('').map((name) => `COPY --from=${name} /${name}98 /`),
].join('\n');

describe('BuildxMultiArch with very many steps', function () {
  this.timeout(240_000);
  let playground: Playground;
  let remove: Ground['remove'];
  const runs: BuildJobRun[] = [];

  before(async () => {
    ({ playground, remove } = await startGround({
      builders: [{ name: 'main' }],
      registries: [{ name: 'plain' }],
    }));
  });

  after(async () => {
    await Promise.all(runs.map(({ run }) => run.remove()));
    await remove();
  });

  async function build(dockerfile: string): Promise<BuildJobRun> {
    const job = await runBuildJob({
      attach: { endpoints: playground.builder('main').address },
      inputs: { repository: `${playground.registry('plain').host}/many`, tags: '1' },
      files: { Dockerfile: dockerfile, 'app.txt': 'one\n' },
      environment: playground.environment,
    });
    runs.push(job);
    return job;
  }

  /** What the step attached, by type. */
  async function attached({ attachments }: RecordedStep, type: string): Promise<string> {
    const found = attachments.find((each) => each.type === type);
    assert.ok(found, `no ${type}`);
    return readFile(found.stored, 'utf8');
  }

  for (const [time, cached] of [
    ['the first time', 0],
    ['from the cache', 500],
  ] as const) {
    it(`tells all of 500 steps, and sums them up on a page, ${time}`, async () => {
      const { run, step } = await build(fiveStages);
      assert.equal(run.exitCode, 0, run.output);
      assert.match(run.output, new RegExp(`^User steps cached: ${cached} of 500 `, 'm'));
      const report = JSON.parse(await attached(step, 'daemonless.report')) as BuildReport;
      assert.equal(report.steps.filter(({ outcome }) => outcome === 'cached').length, cached);
      assert.equal(report.vertexes.filter(({ phase }) => phase === 'build').length, 500);
      assert.ok(report.parallelFactor >= 1);
      const summary = await attached(step, 'DistributedTask.Core.Summary');
      assert.ok(Buffer.byteLength(summary) < mostSummary, `${summary.length} characters`);
      assert.match(summary, new RegExp(`\\| Cached \\| ${cached} of 500 `));
    });
  }

  it('says what is wrong with a stage of more layers than the daemon can stack', async () => {
    const { step } = await build(['FROM busybox:1', ...copies(500)].join('\n'));
    const [issue, ...others] = step.issues.filter(({ type }) => type === 'error');
    assert.deepEqual(others, []);
    assert.match(
      issue?.['message'] ?? '',
      /^"COPY app\.txt \/\d+" would be a layer over \d{3} others, .* Join RUN steps, /,
    );
    assert.ok(
      Buffer.byteLength(await attached(step, 'DistributedTask.Core.Summary')) < mostSummary,
    );
  });
});
