import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import getPort from 'get-port';
import { stringify } from 'yaml';
import { bundleTasks } from '../../scripts/lib/build/bundle-tasks.ts';
import type { Daemon } from '../../scripts/lib/playground/daemon.ts';
import { toolFolders } from '../../scripts/lib/toolchain/tool-path.ts';
import { type CertificateFiles, writeCertificateFiles } from '../support/certificate-files.ts';
import { type MisleadingServers, startMisleadingServers } from '../support/misleading-servers.ts';
import { type PipelineRun, runPipeline } from '../support/run-pipeline.ts';
import { startBuildkitd } from '../support/start-buildkitd.ts';

type Inputs = Readonly<Record<string, string>>;
/** What is wrong, the inputs that meet it, and the sentence their user must read. */
type Cause = readonly [name: string, inputs: Inputs, sentence: RegExp];

interface Addresses {
  readonly plain: string;
  readonly secure: string;
  readonly expired: string;
}

/** The step's name in YAML, as variables may be called. */
const stepName = (cause: string): string => cause.replace(/\W+/g, '_');

function causesAtDaemons(at: Addresses, files: CertificateFiles): readonly Cause[] {
  const { ca, client, strangerCa, strangerClient } = files;
  const mutual = { caCert: ca, clientCert: client.cert, clientKey: client.key };
  const foreign = { clientCert: strangerClient.cert, clientKey: strangerClient.key };
  const outdated = { clientCert: files.expiredClient.cert, clientKey: files.expiredClient.key };
  const secure = { endpoints: at.secure, ...mutual };
  return [
    [
      'wrong CA',
      { ...secure, caCert: strangerCa },
      /^caCert: The certificate of .* is not signed by the authority in caCert/,
    ],
    [
      'no client certificate',
      { endpoints: at.secure, caCert: ca },
      /^clientCert: .* asks for a client certificate, and none was given/,
    ],
    [
      'client of another CA',
      { ...secure, ...foreign },
      /^clientCert: .* does not accept the client certificate \(unknown ca\)/,
    ],
    [
      'expired client',
      { ...secure, ...outdated },
      /^clientCert: This certificate \(CN=localhost\) expired on \d{4}-\d\d-\d\d/,
    ],
    [
      'key of another pair',
      { ...secure, clientKey: strangerClient.key },
      /^clientKey: This key does not belong to the certificate in clientCert/,
    ],
    [
      'other name',
      { ...secure, serverName: 'buildkitd.ci' },
      /^serverName: .* is not for "buildkitd\.ci"; it is for DNS:localhost/,
    ],
    [
      'expired daemon',
      { ...mutual, endpoints: at.expired },
      /^endpoints: The certificate of .* has expired/,
    ],
    ['plain to TLS', { endpoints: at.secure }, /^caCert: .* speaks TLS, and caCert is empty/],
    [
      'TLS to plain',
      { ...mutual, endpoints: at.plain },
      /^caCert: .* does not speak TLS, but caCert asks for it/,
    ],
  ];
}

function causesElsewhere(servers: MisleadingServers, folder: string): readonly Cause[] {
  return [
    ['nobody', { endpoints: servers.nobody }, /^endpoints: Nothing listens at tcp:.*refused/],
    [
      'unknown host',
      { endpoints: 'tcp://buildkitd.invalid:1234' },
      /^endpoints: The host name in .* is unknown/,
    ],
    [
      'no socket',
      { endpoints: `unix://${folder}/none.sock` },
      /^endpoints: There is no socket at unix:/,
    ],
    [
      'web server',
      { endpoints: servers.web },
      /^endpoints: Something answers at .* does not speak gRPC/,
    ],
    [
      'other gRPC',
      { endpoints: servers.otherGrpc },
      /^endpoints: .* speaks gRPC, but it is not BuildKit/,
    ],
    [
      'silence',
      { endpoints: servers.silent },
      /^endpoints: .* took the connection and then said nothing within 0\.9 s/,
    ],
    [
      'empty proxy',
      { endpoints: servers.closing },
      /^endpoints: .* took the connection and closed it without an answer/,
    ],
    [
      'no file',
      { endpoints: servers.nobody, caCert: `${folder}/none.pem` },
      /^caCert: .* there is no file .*none\.pem/,
    ],
    ['bad address', { endpoints: 'buildkitd:1234' }, /^endpoints: .* Write tcp:\/\/buildkitd:1234/],
  ];
}

function pipelineOf(causes: readonly Cause[]): string {
  const steps = causes.map(([name, inputs]) => ({
    task: 'SetupBuildkitBuilder@1',
    name: stepName(name),
    inputs: { ...inputs, connectTimeout: '0' },
    continueOnError: true,
  }));
  return stringify({ steps: [{ checkout: 'none' }, ...steps] });
}

describe('a daemon that cannot be used', function () {
  this.timeout(180_000);
  let folder: string;
  let servers: MisleadingServers;
  const daemons: Daemon[] = [];
  let causes: readonly Cause[];

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'causes-'));
    await bundleTasks(process.cwd(), ['SetupBuildkitBuilder']);
    servers = await startMisleadingServers();
    const files = await writeCertificateFiles(join(folder, 'certs'));
    const start = async (name: string, tls?: { readonly cert: string; readonly key: string }) => {
      const url = `tcp://127.0.0.1:${await getPort({ host: '127.0.0.1' })}`;
      const flags = tls
        ? ['--tlscacert', files.ca, '--tlscert', tls.cert, '--tlskey', tls.key]
        : [];
      daemons.push(await startBuildkitd(name, join(folder, 'state'), ['--addr', url, ...flags]));
      return url;
    };
    const plain = await start('plain');
    const secure = await start('secure', files.server);
    const expired = await start('expired', files.expiredServer);
    causes = [
      ...causesAtDaemons({ plain, secure, expired }, files),
      ...causesElsewhere(servers, folder),
    ];
  });

  after(async () => {
    await Promise.all(daemons.map((daemon) => daemon.stop()));
    await servers.stop();
    await rm(folder, { recursive: true, force: true });
  });

  for (const node of ['20', '24']) {
    it(`is told in one sentence of its own, at once, and nothing is created (Node ${node})`, async () => {
      const environment = { PATH: [...toolFolders(), process.env['PATH'] ?? ''].join(':') };
      const run = await runPipeline({
        pipeline: pipelineOf(causes),
        environment,
        args: ['--node', node],
      });
      await run.remove();
      for (const cause of causes) checkStep(run, cause);
      assert.doesNotMatch(run.output, /Removed builder/);
    });
  }
});

function checkStep(run: PipelineRun, [name, , sentence]: Cause): void {
  const step = run.steps.find((each) => each.name === stepName(name) && each.phase === 'main');
  const errors = (step?.issues ?? []).filter(({ type }) => type === 'error');
  assert.equal(
    errors.length,
    1,
    `${name}: expected one sentence, found ${JSON.stringify(step)}\n${run.output}`,
  );
  assert.match(errors[0]?.['message'] ?? '', sentence);
  assert.equal(step?.result, 'SucceededWithIssues');
}
