import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import * as v from 'valibot';
import { bundleCli } from '../../scripts/lib/build/bundle-cli.ts';
import { type ChartRegistry, startChartRegistry } from '../support/chart-registry.ts';
import { objectOf, renderedObjects } from '../support/chart.ts';
import { pushImage } from '../support/pushed-images.ts';

const container = v.object({
  command: v.array(v.string()),
  args: v.array(v.string()),
  env: v.array(v.object({ name: v.string(), value: v.string() })),
});
const path = ['jobTemplate', 'spec', 'template', 'spec', 'containers'];

/** The container of the rendered CronJob. */
async function pruneContainer(rules: string, registry: string) {
  const objects = await renderedObjects({
    registryPrune: {
      ...{ enabled: true, image: { repository: 'agent', tag: '1' } },
      arguments: [
        ...[`--registry-host=${registry}`, '--repositories=ci-*', `--rules=${rules}`],
        ...['--max-delete-percent=100', '--dry-run=false'],
      ],
    },
  });
  const job = objectOf(objects, 'CronJob', 'ci-registry-prune');
  const spec = path.reduce<unknown>(
    (node, key) => (node as Readonly<Record<string, unknown>>)[key],
    job['spec'],
  );
  return v.parse(v.tuple([container]), spec)[0];
}

describe('The CronJob that prunes a registry', function () {
  this.timeout(120_000);
  let folder: string;
  let registry: ChartRegistry;

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'prune-job-'));
    await bundleCli(process.cwd());
    const values = { localRegistry: { enabled: true, engine: 'distribution' } };
    registry = await startChartRegistry(values, 'ci-registry', folder);
  });

  after(async () => {
    await registry.stop();
    await rm(folder, { recursive: true, force: true });
  });

  it("deletes from the chart's registry what its rules let go, by the program of the agent image", async () => {
    for (const tag of ['1', 'main']) await pushImage(registry.origin, 'ci-orders', tag);
    const { command, args, env } = await pruneContainer('[{ keepLast: 0 }]', registry.origin);
    const [program = '', ...first] = command;
    assert.equal(program, 'daemonless');
    const variables = Object.fromEntries(env.map(({ name, value }) => [name, value]));
    assert.equal(variables['DAEMONLESS_STATE_FOLDER'], '/tmp');
    const script = join('deploy/agent-image', program);
    const run = await execa(script, [...first, ...args], {
      env: {
        ...{ ...variables, DAEMONLESS_CLI: 'cli/dist/daemonless.cjs', AZP_ROOT: folder },
        DAEMONLESS_STATE_FOLDER: join(folder, 'state'),
      },
      ...{ all: true, reject: false },
    });
    assert.equal(run.exitCode, 0, run.all);
    const answer = await fetch(`${registry.origin}/v2/ci-orders/tags/list`);
    assert.deepEqual(((await answer.json()) as { tags: readonly string[] }).tags, ['main']);
  });
});
