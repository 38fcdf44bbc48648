import assert from 'node:assert/strict';
import { mkdtemp, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { stringify } from 'yaml';
import type { Playground } from '../../../scripts/lib/playground/options.ts';
import { type Ground, startGround } from '../../support/ground.ts';
import { runBundle } from '../../support/run-bundle.ts';
import type { PipelineRun } from '../../support/run-pipeline.ts';
import { mustRun } from '../../support/run-tool.ts';
import { type ServicesJob, podmanObjects, runServicesJob } from '../../support/services-job.ts';

const idle = { image: 'busybox:1', command: 'sleep 1000' };
const quick = { interval: '300ms', timeout: '1s', retries: 2 };
const healthy = { condition: 'service_healthy' };

describe('PodmanServices when something is wrong', function () {
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
    await mustRun(['podman', 'pull', '--quiet', 'busybox:1'], playground.environment);
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

  async function fails(job: ServicesJob): Promise<string> {
    const { exitCode, output } = await run(job);
    assert.equal(exitCode, 1, output);
    assert.doesNotMatch(output, /defect of the task/);
    assert.deepEqual(await podmanObjects(playground), []);
    return output;
  }

  it('tells all of an unhealthy service: state, last check, who waited, its log', async () => {
    const test = 'echo "table orders is missing"; exit 3';
    const sick = { ...idle, command: "sh -c 'echo starting up; sleep 1000'" };
    const output = await fails({
      compose: {
        services: {
          db: { ...sick, healthcheck: { ...quick, test } },
          api: { ...idle, depends_on: { db: healthy } },
        },
      },
    });
    assert.match(output, /^Last 1 log lines of db:\n {2}starting up$/m);
    const story =
      /##\[error\].*compose\.yaml:2: Service db is unhealthy after 2 failed health checks in a row\. Its container: running\. The last health check said: table orders is missing\. Waiting for it: api\./;
    assert.match(output, story);
    assert.doesNotMatch(output, /^podman .*--name \S+-api /m);
  });

  it('names the exit code of a service that ends while others wait for its health', async () => {
    const output = await fails({
      compose: {
        services: {
          db: {
            image: 'busybox:1',
            command: "sh -c 'echo cannot open data >&2; sleep 1; exit 9'",
            healthcheck: { test: ['CMD', 'false'] },
          },
        },
      },
    });
    assert.match(output, /Service db ended before it was healthy\..*exited with exit code 9/);
    assert.match(output, /^ {2}cannot open data$/m);
  });

  it('kills a health check that hangs, with its children, and counts it as failed', async () => {
    const output = await fails({
      compose: {
        services: { db: { ...idle, healthcheck: { ...quick, test: 'sleep 300; true' } } },
      },
    });
    assert.match(output, /is unhealthy .*no answer within 1 s, so it was killed/);
  });

  it('gives up on a service that is never ready after waitTimeout', async () => {
    const output = await fails({
      compose: { services: { db: { ...idle, healthcheck: { test: 'false' } } } },
      inputs: { waitTimeout: '3' },
    });
    assert.match(output, /Service db was not healthy within 3 s/);
  });

  it('fails for a one-shot service that others need, with its exit code', async () => {
    const completed = { condition: 'service_completed_successfully' };
    const output = await fails({
      compose: {
        services: {
          migrate: { image: 'busybox:1', command: "sh -c 'echo no such column; exit 4'" },
          api: { ...idle, depends_on: { migrate: completed } },
        },
      },
    });
    assert.match(output, /Service migrate did not complete successfully.*exit code 4/);
  });

  it('names every image that cannot be had, with file and line', async () => {
    const output = await fails({
      compose: {
        services: { a: { image: 'nosuch/first:1' }, b: { image: 'nosuch/second:2' }, c: idle },
      },
    });
    for (const [line, image] of [
      [2, 'nosuch/first:1'],
      [4, 'nosuch/second:2'],
    ] as const) {
      assert.match(output, new RegExp(`compose\\.yaml:${line}: The image docker\\.io/${image} `));
    }
  });

  it('tells every mistake of the file and the inputs at once, before it calls Podman', async () => {
    const output = await fails({
      compose: {
        services: {
          a: { ...idle, depends_on: ['b'] },
          b: { ...idle, depends_on: ['a'], volumes: ['data:/x'] },
        },
      },
      inputs: { testResults: 'relative', bindAddress: 'localhost' },
    });
    for (const words of [
      /services\.b\.volumes uses the volume data, which is not declared/,
      /testResults: Expected an absolute path/,
      /bindAddress: Expected an IP address/,
    ]) {
      assert.match(output, words);
    }
    assert.doesNotMatch(output, /Podman \d/);
  });

  it('names the services of a circle', async () => {
    const a = { ...idle, depends_on: ['b'] };
    const b = { ...idle, depends_on: ['a'] };
    const output = await fails({ compose: { services: { a, b } } });
    assert.match(output, /depends_on goes in a circle: a → b → a\./);
  });

  it('refuses a secret in a command, which every user of the agent could read', async () => {
    const output = await fails({
      compose: {
        services: { cache: { ...idle, command: 'redis-server --requirepass ${PASSWORD}' } },
      },
      inputs: { environment: 'PASSWORD=$(cachePassword)' },
      resources: stringify({ variables: { cachePassword: { value: 'p4ssw0rd!', secret: true } } }),
    });
    assert.match(output, /services\.cache\.command holds a secret/);
    assert.doesNotMatch(output, /p4ssw0rd/);
  });

  it('lets two jobs run side by side, and the end of one leaves the other alone', async () => {
    const service = {
      image: 'busybox:1',
      command: 'httpd -f -p 80 -h /etc',
      ports: ['8099:80'],
      healthcheck: { ...quick, retries: 30, test: 'wget -qO /dev/null http://127.0.0.1/passwd' },
    };
    const job = (script: string): ServicesJob => ({
      compose: { services: { web: service } },
      script,
    });
    const name = '"--network=$(services.network)" --rm busybox:1 wget -qO- http://web/passwd';
    const flags =
      '--runtime runc --pids-limit 0 --ulimit nofile=1000:1000 --ulimit nproc=1000:1000';
    const ended = join(folder, 'the-other-job-has-ended');
    const other = run(
      job('curl --fail --silent --show-error "http://$(services.web.address)/passwd"'),
    );
    // Both end before anything is judged: what the longer one still has would be the next test's leftovers.
    const [{ exitCode, output }, short] = await Promise.all([
      run(job(`until test -e ${ended}; do sleep 0.2; done; podman run ${flags} ${name}`)),
      other.finally(() => writeFile(ended, '')),
    ]);
    assert.equal(short.exitCode, 0, short.output);
    assert.equal(exitCode, 0, output);
    assert.match(output, /^root:x:0:0/m);
    assert.deepEqual(await podmanObjects(playground), []);
  });

  const services = {
    db: { ...idle, healthcheck: { test: 'sleep 1', interval: '5s' } },
    api: { ...idle, depends_on: { db: healthy }, volumes: ['data:/data'] },
    tests: { ...idle, depends_on: ['api'] },
  };
  const phases = [
    ['when the record is saved', /settaskvariable/],
    ['while the trial container runs', /--rootfs/],
    ['while the network is created', /^podman .*network create/],
    ['while a container starts', /podman .*run --detach/],
    ['while it waits for health', 1_900],
    ['while the tests run', /^Running tests/],
    ['in the middle of the tests', 6_000],
  ] as const;
  for (const [phase, cancelAt] of phases) {
    it(`leaves nothing when it is cancelled ${phase}`, async () => {
      const temp = await mkdtemp(join(folder, 'temp-'));
      const volumes = { data: {} };
      await writeFile(join(temp, 'compose.yaml'), stringify({ services, volumes }));
      const common = { task: 'PodmanServices', temp, environment: playground.environment } as const;
      const main = await runBundle({ ...common, entry: 'main', inputs: mainInputs, cancelAt });
      assert.equal(main.exitCode, 0, main.output);
      assert.doesNotMatch(main.output, /logissue type=error|result=Failed/);
      for (const time of ['first', 'second']) {
        const post = await runBundle({
          ...common,
          entry: 'cleanup',
          taskVariables: main.taskVariables,
        });
        assert.equal(post.exitCode, 0, `${time}: ${post.output}`);
        assert.doesNotMatch(post.output, /logissue|result=Failed/, time);
      }
      assert.deepEqual(await podmanObjects(playground), []);
    });
  }
});

/** What the agent would fill in from task.json. */
const mainInputs = {
  testService: 'tests',
  pull: 'missing',
  ports: 'random',
  waitTimeout: '60',
  logs: 'never',
  stopTimeout: '0',
};
