import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { stringify } from 'yaml';
import type { Playground } from '../../scripts/lib/playground/options.ts';
import { type Ground, startGround } from '../support/ground.ts';
import { runPipeline } from '../support/run-pipeline.ts';
import { mustRun } from '../support/run-tool.ts';
import { type SetupRun, setUp } from '../support/setup-runs.ts';
import { uploadedBytes } from '../support/uploaded-bytes.ts';

const contextBytes = 60_000_000;

describe('SetupBuildkitBuilder in jobs', function () {
  this.timeout(180_000);
  let folder: string;
  let playground: Playground;
  let remove: Ground['remove'];

  before(async () => {
    ({ folder, playground, remove } = await startGround({
      builders: [{ name: 'plain' }, { name: 'secure', tls: true }],
      registries: [],
    }));
  });

  after(async () => {
    await remove();
  });

  const attach = (environment: Readonly<Record<string, string>> = {}): Promise<SetupRun> =>
    setUp({ folder, inputs: { endpoints: playground.builder('plain').address }, environment });

  it('takes addresses and mutual TLS from a service connection', async () => {
    const { address, certificates } = playground.builder('secure');
    assert.ok(certificates);
    const pem = (path: string): Promise<string> => readFile(path, 'utf8');
    const { port } = new URL(address.replace('tcp:', 'http:'));
    const connection = {
      ...{ type: 'buildkit', url: 'https://github.com/moby/buildkit', scheme: 'None' },
      data: { addresses: `dns+tcp://localhost:${port}` },
      parameters: {
        caCert: await pem(certificates.ca),
        clientCert: await pem(certificates.cert),
        clientKey: await pem(certificates.key),
      },
    };
    const run = await runPipeline({
      pipeline: stringify({
        steps: [
          { checkout: 'none' },
          { task: 'SetupBuildkitBuilder@1', inputs: { buildkitConnection: 'ci-buildkit' } },
          { bash: 'buildx ls', name: 'look' },
        ],
      }),
      resources: stringify({ serviceConnections: { 'ci-buildkit': connection } }),
      environment: playground.environment,
    });
    await run.remove();
    assert.equal(run.exitCode, 0, run.output);
    assert.match(run.output, /servername=localhost tcp:\/\/127\.0\.0\.1:\d+/);
    const keyLines = connection.parameters.clientKey.split('\n').slice(1, -2);
    for (const line of keyLines) assert.ok(!run.output.includes(line), 'the key is shown');
  });

  it('says that the certificate of the connection is wrong, not the input', async () => {
    const connection = {
      ...{ type: 'buildkit', url: 'https://github.com/moby/buildkit', scheme: 'None' },
      data: { addresses: playground.builder('secure').address },
      parameters: { caCert: 'no certificate' },
    };
    const run = await runPipeline({
      pipeline: stringify({
        steps: [
          { checkout: 'none' },
          { task: 'SetupBuildkitBuilder@1', inputs: { buildkitConnection: 'ci-buildkit' } },
        ],
      }),
      resources: stringify({ serviceConnections: { 'ci-buildkit': connection } }),
      environment: playground.environment,
    });
    await run.remove();
    assert.match(run.output, /##\[error\]buildkitConnection: Its caCert: /);
  });

  it('works in a release, which has neither sources nor any variable of a build', async () => {
    const release = {
      RELEASE_RELEASEID: '7',
      RELEASE_DEFINITIONID: '3',
      RELEASE_ATTEMPTNUMBER: '1',
    };
    const run = await attach(release);
    assert.equal(run.exitCode, 0, run.output);
    assert.match(run.variables.get('builderName') ?? '', /^daemonless-7-1-/);
    assert.match(await mustRun(['buildx', 'ls'], run.environment), /running/);
  });

  it('lets one job have two builders, and each post-job step removes its own', async () => {
    const { address, certificates } = playground.builder('secure');
    assert.ok(certificates);
    const attachTo = (builderName: string, inputs: object) => ({
      ...{ task: 'SetupBuildkitBuilder@1', inputs: { builderName, ...inputs } },
    });
    const { ca: caCert, cert: clientCert, key } = certificates;
    const clientKey = (await readFile(key, 'utf8')).trimEnd().replaceAll('\n', '\\n');
    const both = 'for name in one two; do buildx inspect --bootstrap $name | grep Status; done';
    const run = await runPipeline({
      pipeline: stringify({
        steps: [
          { checkout: 'none' },
          attachTo('one', { endpoints: playground.builder('plain').address }),
          attachTo('two', { endpoints: address, caCert, clientCert, clientKey: '$(key)' }),
          { bash: `${both}; echo "default: $BUILDX_BUILDER"` },
        ],
      }),
      resources: stringify({ variables: { key: { value: clientKey, secret: true } } }),
      environment: playground.environment,
    });
    await run.remove();
    assert.equal(run.exitCode, 0, run.output);
    assert.equal(run.output.match(/^Status: +running/gm)?.length, 2, run.output);
    assert.match(run.output, /^default: two$/m);
    assert.match(run.output, /Removed builder two .*Removed builder one /s);
  });

  it('keeps two jobs at once on one machine apart', async () => {
    const look = `echo "sees: $(buildx ls --format '{{.Builder.Name}}' | sort -u | xargs)"`;
    const job = (name: string) => ({
      job: name,
      steps: [
        { checkout: 'none' },
        {
          task: 'SetupBuildkitBuilder@1',
          inputs: { endpoints: playground.builder('plain').address, builderName: name },
        },
        { bash: look },
      ],
    });
    const runs = await Promise.all(
      ['one', 'two'].map((name) =>
        runPipeline({
          pipeline: stringify({ jobs: [job(name)] }),
          environment: playground.environment,
        }),
      ),
    );
    await Promise.all(runs.map((run) => run.remove()));
    assert.deepEqual(
      runs.map(({ output }) => /^sees: (.*?)\s*$/m.exec(output)?.[1]?.replace('default ', '')),
      ['one', 'two'],
      runs.map(({ output }) => output).join('\n'),
    );
  });

  it('uploads next to nothing of an unchanged context from the next, fresh agent', async () => {
    const context = join(folder, 's');
    await mkdir(context);
    await writeFile(join(context, 'large'), randomBytes(contextBytes));
    await writeFile(join(context, 'Dockerfile'), 'FROM scratch\nCOPY large /\n');
    const build = async (variables: Readonly<Record<string, string>>): Promise<number> => {
      const { environment } = await attach(variables);
      const argv = ['buildx', 'build', '--progress=rawjson', '--no-cache', context] as const;
      return uploadedBytes(await mustRun(argv, environment));
    };
    const orders = { BUILD_REPOSITORY_ID: 'orders' };
    assert.ok((await build(orders)) >= contextBytes);
    const again = await build(orders);
    assert.ok(again < contextBytes * 0.02, `${again} bytes`);
    assert.ok((await build({ BUILD_REPOSITORY_ID: 'other' })) >= contextBytes);
    const fork = { SYSTEM_PULLREQUEST_ISFORK: 'True' };
    assert.ok((await build({ ...orders, ...fork })) >= contextBytes);
  });
});
