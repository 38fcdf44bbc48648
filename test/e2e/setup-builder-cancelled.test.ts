import assert from 'node:assert/strict';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readFile } from 'node:fs/promises';
import {
  type CertificateFiles,
  writeCertificateFiles,
} from '../../scripts/lib/faults/certificate-files.ts';
import type { Daemon } from '../../scripts/lib/playground/daemon.ts';
import { toolFolders } from '../../scripts/lib/toolchain/tool-path.ts';
import { builtTasks } from '../support/built-tasks.ts';
import { type BundleRun, runBundle } from '../support/run-bundle.ts';
import { startBuildkitd } from '../../scripts/lib/playground/start-buildkitd.ts';
import getPort from 'get-port';

const environment = { PATH: [...toolFolders(), process.env['PATH'] ?? ''].join(':') };

describe('SetupBuildkitBuilder, cancelled', function () {
  this.timeout(60_000);
  let folder: string;
  let temp: string;
  let daemon: Daemon;
  let inputs: Readonly<Record<string, string>>;

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'cancelled-'));
    await builtTasks();
    const files: CertificateFiles = await writeCertificateFiles(join(folder, 'certs'));
    const endpoints = `tcp://127.0.0.1:${await getPort({ host: '127.0.0.1' })}`;
    const { cert, key } = files.server;
    const flags = [
      '--addr',
      endpoints,
      '--tlscacert',
      files.ca,
      '--tlscert',
      cert,
      '--tlskey',
      key,
    ];
    daemon = await startBuildkitd('secure', join(folder, 'state'), flags);
    const text = (path: string): Promise<string> => readFile(path, 'utf8');
    inputs = {
      endpoints,
      connectTimeout: '60',
      caCert: await text(files.ca),
      clientCert: await text(files.client.cert),
      clientKey: await text(files.client.key),
    };
  });

  beforeEach(async () => {
    temp = await mkdtemp(join(folder, 'temp-'));
  });

  after(async () => {
    await daemon.stop();
    await rm(folder, { recursive: true, force: true });
  });

  const main = (
    cancelAt: RegExp,
    more: Readonly<Record<string, string>> = {},
  ): Promise<BundleRun> =>
    runBundle({
      ...{ task: 'SetupBuildkitBuilder', entry: 'main', temp, environment, cancelAt },
      inputs: { ...inputs, ...more },
    });

  const cleanUp = async ({ taskVariables }: BundleRun): Promise<readonly string[]> => {
    const post = await runBundle({
      ...{ task: 'SetupBuildkitBuilder', entry: 'cleanup', temp, environment, taskVariables },
    });
    assert.equal(post.exitCode, 0, post.output);
    assert.doesNotMatch(post.output, /result=Failed/);
    const left = await readdir(temp, { recursive: true });
    return left.filter((path) => !path.startsWith('.') && path !== 'daemonless');
  };

  const phases = [
    ['while it waits for a daemon', /Waiting for/, { endpoints: 'tcp://127.0.0.1:1' }],
    ['when the record is saved', /settaskvariable/, {}],
    ['while buildx creates the builder', /buildx create/, {}],
    ['when the builder is there', /variable=BUILDX_BUILDER/, {}],
  ] as const;
  for (const [phase, cancelAt, more] of phases) {
    it(`leaves nothing after its post-job step: ${phase}`, async () => {
      const run = await main(cancelAt, more);
      assert.match(run.output, cancelAt);
      assert.equal(run.exitCode, 0, run.output);
      assert.doesNotMatch(run.output, /##vso\[task\.logissue type=error|result=Failed/);
      assert.deepEqual(await cleanUp(run), []);
    });
  }
});
