import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import getPort from 'get-port';
import { stringify } from 'yaml';
import { createAuthority, issue } from '../../scripts/lib/playground/certificates.ts';
import type { Daemon } from '../../scripts/lib/playground/daemon.ts';
import type { Playground } from '../../scripts/lib/playground/options.ts';
import { type Ground, startGround } from '../support/ground.ts';
import { architecturesOf } from '../support/registry-index.ts';
import { type PipelineRun, runPipeline } from '../support/run-pipeline.ts';
import { startBuildkitd } from '../../scripts/lib/playground/start-buildkitd.ts';

type Inputs = Readonly<Record<string, string | boolean>>;

const lateByMs = 25_000;
const scratch = 'printf "FROM scratch\\nCOPY Dockerfile /\\n" > Dockerfile';
const buildHere = `set -e; ${scratch}; buildx build --output type=local,dest=out . && cat out/Dockerfile`;

/** The job of a user: attach, then whatever a script does with it. */
const pipelineOf = (inputs: Inputs, script: string): string =>
  stringify({
    steps: [
      { checkout: 'none' },
      { task: 'SetupBuildkitBuilder@1', name: 'builder', inputs },
      { bash: script, condition: 'always()' },
    ],
  });

describe('SetupBuildkitBuilder with real daemons', function () {
  this.timeout(120_000);
  let folder: string;
  let playground: Playground;
  let remove: Ground['remove'];
  let overSocket: Daemon;
  const runs: PipelineRun[] = [];

  before(async () => {
    ({ folder, playground, remove } = await startGround({
      builders: [{ name: 'plain' }, { name: 'secure', tls: true }],
      registries: [{ name: 'main' }],
    }));
    const address = ['--addr', `unix://${folder}/b.sock`];
    overSocket = await startBuildkitd('socket', join(folder, 'more'), address);
  });

  after(async () => {
    await Promise.all(runs.map((run) => run.remove()));
    await overSocket.stop();
    await remove();
  });

  async function run(
    pipeline: string,
    more: { readonly resources?: string; readonly args?: readonly string[] } = {},
  ): Promise<PipelineRun> {
    const made = await runPipeline({ pipeline, environment: playground.environment, ...more });
    runs.push(made);
    return made;
  }

  for (const node of ['20', '24']) {
    it(`lets a script's plain buildx build and push (Node ${node})`, async () => {
      const registry = playground.registry('main');
      const build = `set -e; ${scratch}; buildx build --push --tag ${registry.host}/node${node}:1 .`;
      const outputs =
        'echo "outputs: $(builder.builderName) $(builder.driver) $(builder.buildkitVersion) $(builder.buildxVersion)"';
      const endpoints = playground.builder('plain').address;
      const { exitCode, output } = await run(
        pipelineOf({ endpoints, builderName: 'ci' }, `${build}; ${outputs}`),
        { args: ['--node', node] },
      );
      assert.equal(exitCode, 0, output);
      assert.match(output, /^outputs: ci remote 0\.32\.2 0\.36\.1$/m);
      assert.match(
        output,
        /^ci-0 +tcp:\/\/127\.0\.0\.1:\d+ +0\.32\.2 +\S+ +[\d.]+ k?M?B of 10\.7 GB +\d+$/m,
      );
      assert.match(output, /Removed builder ci with its certificate files/);
      assert.doesNotMatch(output, /##\[warning\]/);
      assert.ok((await architecturesOf(registry, `node${node}:1`)).length > 0);
    });
  }

  it('attaches over a Unix socket', async () => {
    const { exitCode, output } = await run(
      pipelineOf({ endpoints: `unix://${folder}/b.sock` }, buildHere),
    );
    assert.equal(exitCode, 0, output);
    assert.match(output, /^FROM scratch$/m);
  });

  it("takes the agent's BUILDKIT_HOST when no endpoint is given", async () => {
    const BUILDKIT_HOST = playground.builder('plain').address;
    const environment = { ...playground.environment, BUILDKIT_HOST };
    const made = await runPipeline({ pipeline: pipelineOf({}, buildHere), environment });
    runs.push(made);
    assert.equal(made.exitCode, 0, made.output);
  });

  it('attaches over mutual TLS with certificates from files', async () => {
    const { address, certificates } = playground.builder('secure');
    assert.ok(certificates);
    const { ca, cert, key } = certificates;
    const inputs = { endpoints: address, caCert: ca, clientCert: cert, clientKey: key };
    const { exitCode, output } = await run(pipelineOf(inputs, buildHere));
    assert.equal(exitCode, 0, output);
    assert.match(output, /--driver-opt key=.*client-key\.pem/);
  });

  it('trusts an intermediate authority without its root, as buildx does', async () => {
    const between = await createAuthority('Between', await createAuthority('Root'));
    const [server, client] = [
      await issue('localhost', 'serverAuth', between),
      await issue('client', 'clientAuth', between),
    ];
    const files = { ca: between.cert, ...server };
    const [ca = '', cert = '', key = ''] = await Promise.all(
      Object.entries(files).map(async ([name, pem]) => {
        await writeFile(join(folder, `${name}.pem`), pem, { mode: 0o600 });
        return join(folder, `${name}.pem`);
      }),
    );
    const endpoints = `tcp://127.0.0.1:${await getPort({ host: '127.0.0.1' })}`;
    const tls = ['--tlscacert', ca, '--tlscert', cert, '--tlskey', key];
    const daemon = await startBuildkitd('between', folder, ['--addr', endpoints, ...tls]);
    const flat = (pem: string): string => pem.replaceAll('\n', '\\n');
    const inputs = { caCert: ca, clientCert: flat(client.cert), clientKey: flat(client.key) };
    const { exitCode, output } = await run(pipelineOf({ endpoints, ...inputs }, buildHere));
    await daemon.stop();
    assert.equal(exitCode, 0, output);
    assert.doesNotMatch(output, /##\[warning\]/);
  });

  it('attaches over mutual TLS with a key from a secret variable, which appears nowhere', async () => {
    const { address, certificates } = playground.builder('secure');
    assert.ok(certificates);
    const { ca, cert, key } = certificates;
    const keyPem = await readFile(key, 'utf8');
    const flat = keyPem.trimEnd().replaceAll('\n', '\\n');
    const resources = stringify({ variables: { builderKey: { value: flat, secret: true } } });
    const inputs = { endpoints: address, caCert: ca, clientCert: cert, clientKey: '$(builderKey)' };
    const look = 'find "$BUILDX_CONFIG" -name "*.pem" -printf "%f %m\\n"';
    const { exitCode, output } = await run(pipelineOf(inputs, `${buildHere}; ${look}`), {
      resources,
    });
    assert.equal(exitCode, 0, output);
    assert.match(output, /^key\.pem 600$/m);
    for (const line of keyPem.split('\n').slice(1, -2)) assert.ok(!output.includes(line), line);
  });

  it('waits for a daemon that starts late', async () => {
    const builder = playground.builder('plain');
    await builder.stop();
    const late = sleep(lateByMs).then(() => builder.start());
    const { exitCode, output } = await run(pipelineOf({ endpoints: builder.address }, buildHere));
    await late;
    assert.equal(exitCode, 0, output);
    assert.match(output, /^Waiting for BuildKit, 0 of 60 s\. Nothing listens at tcp:/m);
  });

  it('hands its builder on by name when it is not to be the default', async () => {
    const inputs = { endpoints: playground.builder('plain').address, setDefault: false };
    const script = [
      'echo "default: ${BUILDX_BUILDER:-none}"',
      scratch,
      'BUILDX_CONFIG=$(builder.buildxConfig) buildx --builder $(builder.builderName) build --output type=local,dest=out .',
    ];
    const { exitCode, output } = await run(pipelineOf(inputs, script.join(' && ')));
    assert.equal(exitCode, 0, output);
    assert.match(output, /^default: none$/m);
  });

  it('creates nothing in a dry run', async () => {
    const inputs = { endpoints: 'tcp://127.0.0.1:1', dryRun: true };
    const { exitCode, output } = await run(pipelineOf(inputs, 'ls -A "$AGENT_TEMPDIRECTORY"'));
    assert.equal(exitCode, 0, output);
    assert.match(output, /^- create \S+ in \S+ with buildx 0\.36\.1, driver remote:$/m);
    assert.doesNotMatch(output, /^daemonless$/m);
  });
});
