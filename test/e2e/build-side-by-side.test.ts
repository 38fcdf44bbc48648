import assert from 'node:assert/strict';
import { EventEmitter, once } from 'node:events';
import { access, mkdir, mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Playground } from '../../scripts/lib/playground/options.ts';
import type { BuildReport } from '../../src/core/report/build-report.ts';
import { type Ground, startGround } from '../support/ground.ts';
import { pushedIndex } from '../support/registry-index.ts';
import { type BundleRun, runBundle } from '../support/run-bundle.ts';
import { filesHolding } from '../support/search-files.ts';
import { setUp } from '../support/setup-runs.ts';

const credentials = { username: 'pusher', password: 'corr3ct-h0rse/battery+staple' };
const login = Buffer.from(`${credentials.username}:${credentials.password}`).toString('base64');

interface Build {
  /** Of the step, as the agent numbers them. */
  readonly step: string;
  readonly image: string;
  /** How long its own step takes. */
  readonly seconds: number;
}

describe('Two builds of BuildxMultiArch at once in one job', function () {
  this.timeout(180_000);
  let folder: string;
  let playground: Playground;
  let remove: Ground['remove'];
  let sources: string;
  /** Of the job: one temp folder, one builder. */
  let temp: string;
  let environment: Readonly<Record<string, string>>;

  before(async () => {
    ({ folder, playground, remove } = await startGround({
      builders: [{ name: 'main' }],
      registries: [{ name: 'guarded', credentials }],
    }));
    sources = join(folder, 's');
    await mkdir(sources);
    await writeFile(join(sources, 'app.txt'), 'one\n');
    await writeFile(
      join(sources, 'Dockerfile'),
      'FROM busybox:1\nARG IMAGE SECONDS NONCE\nCOPY app.txt /\nRUN echo "building $IMAGE"; sleep $SECONDS; echo $IMAGE > /image\n',
    );
  });

  beforeEach(async () => {
    const { host } = playground.registry('guarded');
    const attached = await setUp({
      folder,
      environment: { ...playground.environment, BUILD_SOURCESDIRECTORY: sources },
      inputs: { endpoints: playground.builder('main').address },
    });
    const parameters = { registry: `http://${host}`, ...credentials };
    temp = await mkdtemp(join(folder, 'job-'));
    environment = {
      ...attached.environment,
      ...{ SYSTEM_JOBID: 'the-job', ENDPOINT_URL_reg: 'https://hub.docker.com/' },
      ...{ ENDPOINT_AUTH_SCHEME_reg: 'UsernamePassword' },
      ENDPOINT_AUTH_reg: JSON.stringify({ scheme: 'UsernamePassword', parameters }),
      ...Object.fromEntries(
        Object.entries(parameters).map(([name, value]) => [
          `ENDPOINT_AUTH_PARAMETER_reg_${name.toUpperCase()}`,
          value,
        ]),
      ),
    };
  });

  after(async () => {
    await remove();
  });

  /** Starts a build; `building` is settled when it is at its own step. */
  function start({ step, image, seconds }: Build): {
    readonly building: Promise<void>;
    readonly ended: Promise<BundleRun>;
  } {
    const begun = new EventEmitter();
    const building = once(begun, 'building').then(() => undefined);
    const ended = runBundle({
      ...{ task: 'BuildxMultiArch', entry: 'main', temp },
      inputs: {
        ...{ repository: `${playground.registry('guarded').host}/${image}`, tags: '1' },
        ...{ registries: 'reg', push: 'true', report: 'true' },
        buildArgs: `IMAGE=${image}\nSECONDS=${seconds}\nNONCE=${step} ${temp}`,
      },
      environment: { ...environment, SYSTEM_TASKINSTANCEID: step },
      onLine: (line) => {
        if (line.endsWith(`building ${image}`)) begun.emit('building');
      },
    });
    return { building, ended };
  }

  /**
   * Both are at their own steps at the same time. The second starts when the first is there: task-lib keeps the key of its
   * secrets in one file of the temp folder, which the next process writes anew (vault.js).
   */
  async function bothAtOnce(first: Build, second: Build): Promise<readonly [BundleRun, BundleRun]> {
    const one = start(first);
    await one.building;
    const other = start(second);
    return Promise.all([one.ended, other.ended]);
  }

  async function cleanUp({ taskVariables }: BundleRun): Promise<string> {
    const post = await runBundle({
      ...{ task: 'BuildxMultiArch', entry: 'cleanup', temp, environment, taskVariables },
    });
    assert.match(post.output, /task\.complete result=Succeeded/);
    return post.output;
  }

  /** That a step told of its own image, and of no other. */
  async function tellsOf(run: BundleRun, image: string): Promise<string> {
    assert.match(run.output, /task\.complete result=Succeeded/);
    const { digest } = await pushedIndex(playground.registry('guarded'), `${image}:1`, credentials);
    assert.equal(outputOf(run, 'digest'), digest);
    const report = outputOf(run, 'report');
    const told = JSON.parse(await readFile(report, 'utf8')) as BuildReport;
    assert.deepEqual(told.image.references, [`${playground.registry('guarded').host}/${image}:1`]);
    assert.equal(told.image.digest, digest);
    assert.equal(told.steps.length, 2);
    return report;
  }

  it('tells each of its own image, whose reports stay apart', async () => {
    const [orders, billing] = await bothAtOnce(
      { step: 'first', image: 'orders', seconds: 5 },
      { step: 'second', image: 'billing', seconds: 5 },
    );
    const reports = [await tellsOf(orders, 'orders'), await tellsOf(billing, 'billing')];
    assert.notEqual(reports[0], reports[1]);
    assert.doesNotMatch(orders.output, /building billing$/m);
    assert.doesNotMatch(billing.output, /building orders$/m);
    assert.deepEqual(await filesHolding(temp, [login]), []);
    for (const run of [billing, orders, billing]) await cleanUp(run);
    await Promise.all(reports.map((report) => access(report)));
  });

  it('pushes the same image twice, and each tells the digest that it pushed', async () => {
    const runs = await bothAtOnce(
      { step: 'first', image: 'twice', seconds: 5 },
      { step: 'second', image: 'twice', seconds: 2 },
    );
    const digests = runs.map((run) => outputOf(run, 'digest'));
    assert.equal(new Set(digests).size, 2);
    const { digest } = await pushedIndex(playground.registry('guarded'), 'twice:1', credentials);
    assert.ok(digests.includes(digest));
    assert.equal(new Set(runs.map((run) => outputOf(run, 'report'))).size, 2);
  });

  it('takes nothing from a build that still runs when the other one is cleaned up, twice', async () => {
    const slow = start({ step: 'slow', image: 'slow', seconds: 8 });
    await slow.building;
    const quick = await start({ step: 'quick', image: 'quick', seconds: 0 }).ended;
    const report = await tellsOf(quick, 'quick');
    assert.match(await cleanUp(quick), /The build left nothing behind/);
    assert.match(await cleanUp(quick), /There is nothing to remove/);
    assert.equal((await filesHolding(temp, [login])).length, 1, 'the login of the slow build');
    await tellsOf(await slow.ended, 'slow');
    await cleanUp(await slow.ended);
    assert.deepEqual(await filesHolding(temp, [login]), []);
    await access(report);
  });
});

function outputOf({ output }: BundleRun, name: string): string {
  const found = new RegExp(
    `^##vso\\[task\\.setvariable variable=${name};[^\\]]*\\](.*)$`,
    'm',
  ).exec(output);
  return found?.[1] ?? assert.fail(`no ${name} in ${output}`);
}
