import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { stringify } from 'yaml';
import type { Playground } from '../../../scripts/lib/playground/options.ts';
import { type Ground, startGround } from '../../support/ground.ts';
import { commandLines } from '../../support/run-demo.ts';
import type { PipelineRun } from '../../support/run-pipeline.ts';
import { runTool } from '../../support/run-tool.ts';
import { filesHolding, formsOf } from '../../support/search-files.ts';
import { type ServicesJob, podmanObjects, runServicesJob } from '../../support/services-job.ts';

const database = {
  image: 'postgres:15',
  environment: { POSTGRES_USER: 'shop', POSTGRES_PASSWORD: '${DB_PASSWORD:-in-tests}' },
  ports: ['5432'],
  healthcheck: { test: ['CMD', 'pg_isready', '-U', 'shop'], interval: '5s', retries: 12 },
};
const cache = {
  image: 'redis:7',
  ports: ['6379'],
  healthcheck: { test: 'redis-cli ping | grep PONG', interval: '5s' },
};
const ready = { condition: 'service_healthy' };
const psql = 'psql -h db -U shop -Atc "select 6 * 7"';

describe('PodmanServices with real PostgreSQL and Redis', function () {
  this.timeout(180_000);
  let folder: string;
  let playground: Playground;
  let remove: Ground['remove'];
  const runs: PipelineRun[] = [];

  before(async () => {
    ({ folder, playground, remove } = await startGround({
      builders: [],
      registries: [],
    }));
  });

  after(async () => {
    await Promise.all(runs.map((run) => run.remove()));
    await remove();
  });

  async function run(job: ServicesJob): Promise<PipelineRun> {
    const result = await runServicesJob(job, playground.environment);
    runs.push(result);
    return result;
  }

  it('finds out by itself what this Podman needs, where a plain podman run may fail', async () => {
    const plain = await runTool(
      ['podman', 'run', '--rm', 'docker.io/library/busybox:1', 'true'],
      playground.environment,
    );
    const { exitCode, output } = await run({
      compose: { services: { one: { image: 'busybox:1', command: 'sleep 100' } } },
    });
    assert.equal(exitCode, 0, output);
    assert.match(output, /^Podman \d+\.\d+\.\d+ /m);
    if (plain.exitCode !== 0) assert.match(output, /^--(runtime|ulimit|log-driver) .*, because/m);
  });

  for (const node of ['20', '24']) {
    it(`starts them in order, healthy without systemd, and tells later steps where they are, on Node ${node}`, async () => {
      const tests = {
        image: 'postgres:15',
        environment: { PGPASSWORD: 'in-tests' },
        entrypoint: ['sh', '-c'],
        command: [`mkdir /out && ${psql} | tee /out/answer.txt`],
        depends_on: { db: ready, cache: ready },
      };
      const { exitCode, output, steps, workFolder } = await run({
        compose: { services: { tests, db: database, cache } },
        inputs: { testService: 'tests', testResults: '/out/answer.txt' },
        args: ['--node', node],
        script: [
          'set -e',
          'exec 3<>"/dev/tcp/$(services.cache.host)/$(services.cache.port.6379)"',
          'printf "PING\\r\\n" >&3; head -1 <&3',
          '. "$(services.envFile)"; echo "db=$DB_ADDRESS env=$SERVICES_DB_PORT_5432"',
          'cat "$(services.testResults)/answer.txt"',
        ].join('\n'),
      });
      assert.equal(exitCode, 0, output);
      assert.match(output, /^db: healthy .* after its start/m);
      assert.match(output, /^cache: healthy .* after its start/m);
      assert.match(output, /^tests ended with exit code 0\.$/m);
      assert.match(output, /^\+PONG/m);
      const outputs = steps.find(({ name }) => name === 'services')?.outputVariables ?? {};
      const port = outputs['db.port.5432'] ?? '';
      assert.match(output, new RegExp(`^db=127\\.0\\.0\\.1:${port} env=${port}$`, 'm'));
      assert.equal(outputs['db.address'], `127.0.0.1:${port}`);
      const copied = join(workFolder, '1', 'TestResults', 'tests', 'answer.txt');
      assert.equal(await readFile(copied, 'utf8'), '42\n');
      assert.deepEqual(await podmanObjects(playground), []);
    });
  }

  it('fails with the exit code of the tests, and still copies their results', async () => {
    const tests = { image: 'busybox:1', command: "sh -c 'echo bad > /result; exit 7'" };
    const { exitCode, output, workFolder } = await run({
      compose: { services: { tests } },
      inputs: { testService: 'tests', testResults: '/result' },
    });
    assert.equal(exitCode, 1);
    assert.match(output, /##\[error\].*The test service tests ended with exit code 7\./);
    assert.equal(
      await readFile(join(workFolder, '1', 'TestResults', 'tests', 'result'), 'utf8'),
      'bad\n',
    );
  });

  it("reaches one on the agent's own network under the port that it listens on", async () => {
    const web = {
      ...{ image: 'busybox:1', command: 'httpd -f -p 18099 -h /etc', network_mode: 'host' },
      ...{ ports: ['18098:18099'], 'x-wait': { tcp: 18099 } },
    };
    const { exitCode, output } = await run({
      compose: { services: { web } },
      script: 'echo "at $(services.web.address)"; exec 3<>"/dev/tcp/127.0.0.1/18099"',
    });
    assert.equal(exitCode, 0, output);
    assert.match(output, /^at 127\.0\.0\.1:18099$/m);
    assert.match(output, /web has network_mode: host, so that 18098:18099 is not published/);
  });

  it('cannot be made to obey a container that prints commands for the agent', async () => {
    const trap = 'echo "##vso[task.setvariable variable=stolen]yes" >&2; echo "##[error]no"';
    const { exitCode, output } = await run({
      compose: { services: { tests: { image: 'busybox:1', command: ['sh', '-c', trap] } } },
      inputs: { testService: 'tests', logs: 'always' },
      script: 'echo "stolen: ${STOLEN:-no}"',
    });
    assert.equal(exitCode, 0, output);
    assert.match(output, /^stolen: no$/m);
    assert.match(output, /##_vso\[task\.setvariable/);
  });

  it('keeps a secret out of command lines, logs and files, and gives it to the service', async () => {
    const secret = 'correct+horse/battery staple';
    const seen = new Set<string>();
    const watch = setInterval(() => void note(seen), 50);
    const tests = {
      image: 'postgres:15',
      environment: { PGPASSWORD: '${DB_PASSWORD}' },
      command: ['sh', '-c', psql],
      entrypoint: [],
      depends_on: { db: ready },
    };
    const { exitCode, output, workFolder } = await run({
      compose: { services: { db: database, tests } },
      inputs: { environment: 'DB_PASSWORD=$(dbPassword)', testService: 'tests' },
      resources: stringify({ variables: { dbPassword: { value: secret, secret: true } } }),
      args: ['--debug'],
    });
    clearInterval(watch);
    assert.equal(exitCode, 0, output);
    assert.match(output, /^42$/m);
    assert.match(output, /^POSTGRES_PASSWORD=\*\*\* podman /m);
    const forms = formsOf(secret);
    assert.ok([...seen].some((line) => line.includes('podman')));
    const shown = [...seen, output].filter((text) => forms.some((form) => text.includes(form)));
    assert.deepEqual(shown, []);
    assert.deepEqual(await filesHolding(workFolder, forms), []);
    assert.deepEqual(await filesHolding(join(folder, 'playground', 'run'), forms), []);
  });

  it('prints the commands in order in a dry run, and starts nothing', async () => {
    const { exitCode, output } = await run({
      compose: { services: { db: database, cache: { ...cache, depends_on: ['db'] } } },
      inputs: { dryRun: true, ports: 'asDeclared' },
    });
    assert.equal(exitCode, 0, output);
    assert.match(output, /POSTGRES_PASSWORD=\*\*\* podman .*-db .*\n.*podman .*-cache /);
    assert.deepEqual(await podmanObjects(playground), []);
  });
});

async function note(seen: Set<string>): Promise<void> {
  for (const line of await commandLines()) seen.add(line);
}
