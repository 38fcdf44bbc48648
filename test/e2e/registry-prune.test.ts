import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import * as v from 'valibot';
import { stringify } from 'yaml';
import { type PruneReport, pruneReportSchema } from '../../src/core/report/prune-report.ts';
import type { RecordedStep } from '../support/agent-run.ts';
import {
  type PrunedGround,
  credentials,
  sign,
  startPrunedGround,
} from '../support/pruned-ground.ts';
import { type PipelineRun, runPipeline } from '../support/run-pipeline.ts';
import { digestIn, manifestsOf, pullWhole, storedBytes } from '../support/whole-images.ts';

type Inputs = Readonly<Record<string, string | number | boolean>>;

const day = 86_400_000;
const rules = stringify([
  { repositories: 'shop/cache', keepLast: 1 },
  { tags: 'pr-*', deleteOlderThan: '7d' },
  { tags: '/\\d+/', keepLast: 1, deleteOlderThan: '30d' },
]);

describe('RegistryPrune', function () {
  this.timeout(240_000);
  let ground: PrunedGround;
  let signatures: readonly string[];
  const runs: PipelineRun[] = [];

  const ago = (days: number): number => Date.now() - days * day;

  before(async () => {
    ground = await startPrunedGround();
    const repository = 'shop/orders';
    await ground.build({ repository, tag: '41', made: ago(40), cache: 'old' });
    await ground.build({ repository, tag: '42', made: ago(35) });
    await ground.build({ repository, tag: '43', made: ago(20) });
    await ground.build({ repository, tag: '44', made: ago(1), cache: 'new' });
    await ground.build({ repository, tag: 'pr-7', made: 0, annotated: ago(8) });
    await ground.build({ repository, tag: 'pr-8', made: 0 });
    const name = `${ground.playground.registry('open').host}/${repository}`;
    await ground.imagetools('create', '--tag', `${name}:main`, `${name}:42`);
    // An image of two platforms that were built apart: it shares one of them with an old one.
    const [, amd64 = ''] = [...(await manifestsOf(ground.origin, repository, '41')).keys()];
    const [, , arm64 = ''] = [...(await manifestsOf(ground.origin, repository, '44')).keys()];
    await ground.imagetools(
      ...['create', '--tag', `${name}:mixed`, `${name}@${amd64}`, `${name}@${arm64}`],
    );
    signatures = [
      await sign(ground.origin, repository, '41'),
      await sign(ground.origin, repository, '44'),
    ];
    await ground.collectGarbage();
  });

  after(async () => {
    await Promise.all(runs.map((run) => run.remove()));
    await ground.stop();
  });

  async function prune(inputs: Inputs): Promise<{ run: PipelineRun; step: RecordedStep }> {
    const guarded = {
      ...{ type: 'dockerregistry', scheme: 'UsernamePassword', url: 'https://hub.docker.com/' },
      parameters: { registry: ground.playground.registry('guarded').host, ...credentials },
    };
    const run = await runPipeline({
      pipeline: stringify({
        steps: [
          {
            task: 'RegistryPrune@1',
            name: 'prune',
            inputs: { repositories: '**', rules, ...inputs },
          },
        ],
      }),
      resources: stringify({ serviceConnections: { guarded } }),
      environment: ground.playground.environment,
    });
    runs.push(run);
    const step = run.steps.find(({ name }) => name === 'prune');
    assert.ok(step, run.output);
    return { run, step };
  }

  const reportOf = async ({ attachments }: RecordedStep): Promise<PruneReport> => {
    const file = attachments.find(({ type }) => type === 'daemonless.report')?.stored ?? '';
    return v.parse(pruneReportSchema, JSON.parse(await readFile(file, 'utf8')));
  };

  const tagsIn = async (repository: string): Promise<readonly string[]> => {
    const response = await fetch(`${ground.origin}/v2/${repository}/tags/list`);
    return ((await response.json()) as { tags: readonly string[] }).tags;
  };

  const errorsOf = ({ issues }: RecordedStep): string =>
    issues.map(({ message = '' }) => message).join('\n');

  it('shows its plan and changes nothing until it is told to', async () => {
    const before = await storedBytes(ground.storageDir);
    const { run, step } = await prune({ registry: 'guarded' });
    assert.equal(step.result, 'Succeeded', run.output);
    assert.match(run.output, /^41 +[0-9a-f]{12} +40 d .* goes +rule 3: older than 30 d$/m);
    assert.match(run.output, /^pr-8 .* stays +rule 2: its age is not known$/m);
    assert.match(run.output, /Dry run: nothing was deleted/);
    assert.equal(step.outputVariables['deleted'], '5');
    assert.equal((await tagsIn('shop/orders')).length, 10);
    assert.equal(await storedBytes(ground.storageDir), before);
  });

  it('says how a registry that deletes nothing is told to, and removes no tag there', async () => {
    const registryHost = ground.playground.registry('frozen').host;
    const { step, run } = await prune({ registryHost, dryRun: false });
    assert.equal(step.result, 'Failed', run.output);
    assert.match(errorsOf(step), /storage\.delete\.enabled: true/);
    assert.equal((await tagsIn('shop/orders')).length, 10);
  });

  it('deletes nothing when it would be more than was meant', async () => {
    const { step } = await prune({ registry: 'guarded', dryRun: false, maxDeletePercent: 10 });
    assert.equal(step.result, 'Failed');
    assert.match(errorsOf(step), /maxDeletePercent: The plan deletes 4 of 10 tags, 40 %/);
    assert.equal((await tagsIn('shop/orders')).length, 10);
  });

  it('deletes by its rules, and every image that stays is whole', async () => {
    const old = await digestIn(ground.origin, 'shop/orders', '41');
    const kept = await digestIn(ground.origin, 'shop/orders', '42');
    const { run, step } = await prune({ registry: 'guarded', dryRun: false });
    assert.equal(step.result, 'Succeeded', run.output);
    const [, signature = ''] = signatures;
    const expected = ['43', '44', 'main', 'mixed', 'pr-8', signature].sort();
    assert.deepEqual([...(await tagsIn('shop/orders'))].sort(), expected);
    assert.deepEqual(await tagsIn('shop/cache'), ['new']);
    for (const tag of expected) assert.ok(await pullWhole(ground.origin, 'shop/orders', tag));
    assert.equal(await digestIn(ground.origin, 'shop/orders', old ?? ''), undefined);
    assert.equal(await digestIn(ground.origin, 'shop/orders', 'main'), kept);
    const report = await reportOf(step);
    const orders = report.repositories.find(({ name }) => name === 'shop/orders');
    const outcomes = orders?.tags.map(({ tag, outcome }) => `${tag} ${outcome}`) ?? [];
    assert.ok(outcomes.includes('42 untagged') && outcomes.includes('41 deleted'), outcomes.join());
    assert.equal(step.outputVariables['freedBytes'], String(report.freedBytes));
  });

  it('has freed what it says, as the garbage collection shows, and left every image whole', async () => {
    const [last] = runs.slice(-1).map(({ steps }) => steps.find(({ name }) => name === 'prune'));
    const before = await storedBytes(ground.storageDir);
    await ground.collectGarbage();
    const freed = before - (await storedBytes(ground.storageDir));
    assert.equal(String(freed), last?.outputVariables['freedBytes']);
    for (const tag of ['43', '44', 'main', 'mixed', 'pr-8']) {
      // The index, two platforms and two attestations at least; the mixed one has none of the latter.
      assert.ok((await pullWhole(ground.origin, 'shop/orders', tag)) >= 9, tag);
    }
  });

  it('finds nothing to do the next time', async () => {
    const { run, step } = await prune({ registry: 'guarded', dryRun: false });
    assert.equal(step.result, 'Succeeded', run.output);
    assert.match(run.output, /Nothing is to be deleted/);
    assert.equal(step.outputVariables['deleted'], '0');
  });
});
