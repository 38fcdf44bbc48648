import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stringify } from 'yaml';
import type { Playground } from '../../scripts/lib/playground/options.ts';
import { startPlayground } from '../../scripts/lib/playground/start-playground.ts';
import type { RecordedStep } from '../support/agent-run.ts';
import { builtTasks } from '../support/built-tasks.ts';
import { CommandLineWatch } from '../support/command-lines.ts';
import { pushedIndex } from '../support/registry-index.ts';
import { type PipelineInput, type PipelineRun, runPipeline } from '../support/run-pipeline.ts';
import { filesHolding, formsOf } from '../support/search-files.ts';
import { processesNaming } from '../support/traces.ts';

type Inputs = Readonly<Record<string, string | boolean>>;

const credentials = { username: 'pusher', password: 'corr3ct-h0rse/battery+staple' };
const token = 's3cret/t0ken+with=signs';
const platforms = 'linux/amd64, linux/arm64';

const sources = {
  'app.txt': 'one\n',
  Dockerfile: `FROM busybox:1 AS base
RUN echo base > /base

FROM base AS build
COPY app.txt /app.txt
RUN --mount=type=secret,id=token,required=true wc -c < /run/secrets/token > /length
RUN --mount=type=cache,target=/cache echo "##vso[task.setvariable variable=stolen]yes"

FROM base
COPY --from=build /length /length
CMD ["cat", "/length"]
`,
  'failing.Dockerfile': 'FROM busybox:1\n\nRUN echo looking \\\n && ls /nowhere\n',
  'sleeping.Dockerfile': 'FROM busybox:1\nRUN echo begun; sleep 60\n',
  'sizes.Dockerfile':
    'FROM busybox:1\nRUN --mount=type=secret,id=large --mount=type=secret,id=file wc -c /run/secrets/*\n',
  'se,cret file.txt': 'twelve bytes',
};

describe('BuildxMultiArch with real daemons and registries', function () {
  this.timeout(240_000);
  let folder: string;
  let playground: Playground;
  const runs: PipelineRun[] = [];

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'build-image-'));
    await builtTasks();
    playground = await startPlayground({
      stateDir: join(folder, 'playground'),
      builders: [{ name: 'first' }, { name: 'fresh' }],
      registries: [{ name: 'guarded', credentials, storageDir: join(folder, 'registry') }],
    });
  });

  after(async () => {
    await Promise.all(runs.map((run) => run.remove()));
    await playground.stop();
    await rm(folder, { recursive: true, force: true });
  });

  /** A job that attaches to a builder, builds, and runs a script whatever came of it. */
  async function build(
    builder: string,
    inputs: Inputs,
    more: Partial<PipelineInput> & { readonly script?: string } = {},
  ): Promise<{ readonly run: PipelineRun; readonly step: RecordedStep }> {
    const { host } = playground.registry('guarded');
    const pipeline = stringify({
      steps: [
        {
          task: 'SetupBuildkitBuilder@1',
          inputs: { endpoints: playground.builder(builder).address },
        },
        {
          task: 'BuildxMultiArch@1',
          name: 'image',
          inputs: { repository: `${host}/shop/orders`, ...inputs },
        },
        { bash: more.script ?? 'true', condition: 'always()' },
      ],
    });
    const connection = {
      type: 'dockerregistry',
      scheme: 'UsernamePassword',
      url: 'https://hub.docker.com/',
    };
    const resources = stringify({
      variables: {
        token: { value: token, secret: true },
        large: { value: 'x'.repeat(120_000), secret: true },
      },
      serviceConnections: {
        registry: { ...connection, parameters: { registry: host, ...credentials } },
      },
    });
    const { environment } = playground;
    const run = await runPipeline({ pipeline, resources, environment, files: sources, ...more });
    runs.push(run);
    const step = run.steps.find(({ name, phase }) => name === 'image' && phase === 'main');
    assert.ok(step, run.output);
    return { run, step };
  }

  const whole = (): Inputs => ({
    registries: 'registry',
    tags: '1, latest',
    platforms,
    secrets: 'token=$token',
    cacheRepository: `${playground.registry('guarded').host}/cache`,
  });

  it("pushes one index with both platforms, and its digest is the registry's", async () => {
    const script = 'echo "stolen: ${STOLEN:-no}"; find "$AGENT_TEMPDIRECTORY" -name config.json';
    const { run, step } = await build('first', whole(), { script });
    assert.equal(run.exitCode, 0, run.output);
    const index = await pushedIndex(playground.registry('guarded'), 'shop/orders:1', credentials);
    assert.deepEqual(Object.keys(index.platforms).sort(), ['linux/amd64', 'linux/arm64']);
    const { digest, digests, cacheShare } = step.outputVariables;
    assert.equal(digest, index.digest);
    assert.deepEqual(JSON.parse(digests ?? ''), index.platforms);
    assert.equal(cacheShare, '0');
    const latest = await pushedIndex(
      playground.registry('guarded'),
      'shop/orders:latest',
      credentials,
    );
    assert.equal(latest.digest, digest);
    assert.match(run.output, /^stolen: no$/m);
    assert.doesNotMatch(run.output, /config\.json$/m);
  });

  it('finds every step of the user in the cache on a daemon that has never built it', async () => {
    const { run, step } = await build('fresh', whole(), { args: ['--node', '24'] });
    assert.equal(run.exitCode, 0, run.output);
    assert.match(run.output, /^User steps cached: 10 of 10 \(100 %\)$/m);
    assert.equal(step.outputVariables['cacheShare'], '100');
  });

  it('leaves neither secret nor password anywhere', async () => {
    const login = `${credentials.username}:${credentials.password}`;
    const texts = [token, credentials.password, login].flatMap(formsOf);
    const watch = new CommandLineWatch(texts);
    const { run } = await build('first', whole(), { files: { ...sources, 'app.txt': 'two\n' } });
    assert.deepEqual(watch.stop(), []);
    assert.ok(watch.looks > 10);
    assert.equal(run.exitCode, 0, run.output);
    assert.match(run.output, /^build 2\/3 .* \d+\.\d s +\d+\.\d s$/m);
    assert.ok(!texts.some((text) => run.output.includes(text)));
    assert.deepEqual(await filesHolding(folder, texts), []);
    // The copy of what this test gave the agent: it lies in the folder that is checked out.
    const own = join(run.workFolder, '1', 's', 'resources.yml');
    assert.deepEqual(await filesHolding(run.workFolder, texts), [own]);
  });

  it('hands over secrets of any size, and files with awkward names', async () => {
    const { run } = await build('first', {
      push: false,
      dockerfile: 'sizes.Dockerfile',
      secrets: 'large=$large\nfile=file:se,cret file.txt',
    });
    assert.equal(run.exitCode, 0, run.output);
    assert.match(run.output, / 120000 \/run\/secrets\/large$/m);
    assert.match(run.output, / 12 \/run\/secrets\/file$/m);
  });

  it('points at the line of a command that fails, with what it said', async () => {
    const { run, step } = await build('first', {
      push: false,
      platforms,
      dockerfile: 'failing.Dockerfile',
    });
    assert.equal(run.exitCode, 1);
    const [issue, ...others] = step.issues.filter(({ type }) => type === 'error');
    assert.deepEqual(others, []);
    assert.equal(issue?.['sourcepath'], 'failing.Dockerfile');
    assert.equal(String(issue['line']), '3');
    assert.match(
      issue['message'] ?? '',
      /^"RUN echo looking && ls \/nowhere" failed with exit code 1 \(step 2\/2, linux\/a\w+64\)\. It said: "ls: \/nowhere: No such file/,
    );
  });

  it('is well when the cache cannot be written, and says so', async () => {
    const { run, step } = await build('first', {
      ...whole(),
      cacheRepository: 'localhost:1/cache',
    });
    assert.equal(run.exitCode, 0, run.output);
    assert.match(run.output, /##\[warning\]cacheRepository: the cache was not written/);
    const index = await pushedIndex(playground.registry('guarded'), 'shop/orders:1', credentials);
    assert.equal(step.outputVariables['digest'], index.digest);
  });

  it('names the input to mend when the registry refuses the push', async () => {
    const { run } = await build('first', { ...whole(), registries: '' });
    assert.equal(run.exitCode, 1);
    assert.match(run.output, /##\[error\]registries: .* wants a login for a push to shop\/orders/);
    assert.doesNotMatch(run.output, /^##\[group\]Build$/m);
  });

  it('ends at once when it is cancelled, and leaves nothing', async () => {
    const started = Date.now();
    const { run, step } = await build(
      'first',
      { ...whole(), dockerfile: 'sleeping.Dockerfile', secrets: '' },
      { cancelAt: /amd64 [\d.]+ begun$/ },
    );
    assert.equal(step.result, 'Canceled', run.output);
    assert.ok(Date.now() - started < 50_000);
    assert.match(run.output, /Cancelled during the build/);
    assert.deepEqual(processesNaming('sleeping.Dockerfile'), []);
    const login = Buffer.from(`${credentials.username}:${credentials.password}`).toString('base64');
    assert.deepEqual(await filesHolding(run.workFolder, [login]), []);
  });
});
