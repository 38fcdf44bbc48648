import assert from 'node:assert/strict';
import { CancelledError, UserError } from '../../../../src/core/errors.ts';
import { buildReportSchema } from '../../../../src/core/report/build-report.ts';
import { buildImage } from '../../../../tasks/BuildxMultiArch/build-image.ts';
import * as v from 'valibot';
import {
  type BuildPorts,
  buildPorts,
  inputsWith,
  registryConnection,
} from '../../../support/build-ports.ts';

const digest = 'sha256:9a635fd473647eedbbc8316339778deb953a4971a6ec74bccb2b50576c250ac2';

const buildOf = (ports: BuildPorts) =>
  ports.commands.commands.find(({ args }) => args[0] === 'build');
const reportOf = (ports: BuildPorts) => {
  const [attached] = ports.host.attachments;
  assert.ok(attached);
  const json: unknown = JSON.parse(ports.files.entries.get(attached.path)?.text ?? '');
  const report = v.parse(buildReportSchema, json);
  // Nothing beyond its schema, such as the paths of certificates.
  assert.deepEqual(json, report);
  return report;
};

describe('a build', () => {
  it('publishes what later steps need', async () => {
    const ports = buildPorts();
    await buildImage(inputsWith({ platforms: 'linux/amd64,linux/arm64' }), ports);
    const { outputs } = ports.host;
    assert.equal(outputs.get('digest'), digest);
    assert.equal(outputs.get('imageRef'), `my.azurecr.io/shop/orders@${digest}`);
    assert.equal(outputs.get('imageName'), 'my.azurecr.io/shop/orders');
    assert.equal(
      outputs.get('tags'),
      'my.azurecr.io/shop/orders:4711\nmy.azurecr.io/shop/orders:latest',
    );
    const digests = JSON.parse(outputs.get('digests') ?? '') as object;
    assert.deepEqual(Object.keys(digests), ['linux/amd64', 'linux/arm64']);
    assert.equal(outputs.get('cacheShare'), '0');
    assert.ok(ports.files.entries.has(outputs.get('metadata') ?? ''));
  });

  it('shows the share of the cache that a user would count', async () => {
    const ports = buildPorts({ build: 'cached' });
    await buildImage(inputsWith(), ports);
    assert.ok(ports.host.lines.includes('User steps cached: 12 of 12 (100 %)'));
    assert.equal(ports.host.outputs.get('cacheShare'), '100');
  });

  it('makes harmless what a step prints for the agent', async () => {
    const ports = buildPorts();
    await buildImage(inputsWith(), ports);
    assert.ok(ports.host.lines.some((line) => line.includes('##_vso[task.setvariable')));
    assert.ok(!ports.host.lines.some((line) => line.includes('##vso[')));
  });

  it('turns lint into warnings at the line of the Dockerfile', async () => {
    const ports = buildPorts();
    await buildImage(inputsWith(), ports);
    assert.match(ports.host.warnings[0] ?? '', /^JSON arguments .*rule\/json-args/);
    assert.deepEqual(ports.host.places[0], {
      ...{ path: '/w/1/s/Dockerfile', line: 12, code: 'JSONArgsRecommended' },
    });
  });

  it('attaches a report of the agreed shape, without any secret', async () => {
    const ports = buildPorts({ build: 'cached' }, { variables: { token: 'echo final' } });
    await buildImage(inputsWith({ secrets: ['t=$token'] }), ports);
    const report = reportOf(ports);
    assert.equal(report.result, 'succeeded');
    assert.equal(report.steps.length, 12);
    assert.ok(!JSON.stringify(report).includes('echo final'));
    const summary = ports.files.entries.get(ports.host.summaries[0] ?? '')?.text ?? '';
    assert.match(summary, /\| Cached \| 12 of 12 steps \(100 %\) \|/);
    assert.ok(!summary.includes('echo final'));
  });

  it('warns of a cache that could not be written, and is well', async () => {
    const ports = buildPorts({ build: 'cache-export-failed' });
    await buildImage(inputsWith({ cacheRepository: 'my.azurecr.io/cache' }), ports);
    const warning = ports.host.warnings.find((text) => text.startsWith('cacheRepository:'));
    assert.match(warning ?? '', /was not written.*connection refused/);
  });

  it('keeps its outputs when the registry does not tell the platforms', async () => {
    const inspect = { stderr: 'no route', ending: { kind: 'exited', exitCode: 1 } } as const;
    const ports = buildPorts({ inspect });
    await buildImage(inputsWith(), ports);
    assert.equal(ports.host.outputs.get('digest'), digest);
    assert.equal(ports.host.outputs.get('digests'), '{}');
    assert.ok(
      ports.host.warnings.some((text) =>
        /"digests" and "sizes" are not whole: no route/.test(text),
      ),
    );
  });

  it('of one platform tells its digest though there is no index', async () => {
    const ports = buildPorts({ inspect: { stdout: '{"layers":[]}' } });
    await buildImage(inputsWith(), ports);
    assert.equal(ports.host.outputs.get('digests'), JSON.stringify({ 'linux/amd64': digest }));
  });

  it('that is not pushed publishes no digest', async () => {
    const ports = buildPorts();
    await buildImage(inputsWith({ push: false }), ports);
    assert.deepEqual([...ports.host.outputs.keys()].sort(), [
      ...['cacheShare', 'historyRef', 'metadata', 'replica', 'report', 'seconds'],
    ]);
    assert.ok(ports.host.lines.some((line) => line.includes('not pushed')));
  });
});

describe('a failed build', () => {
  const fail = async (ports: BuildPorts): Promise<UserError> => {
    const error: unknown = await buildImage(inputsWith(), ports).catch((thrown: unknown) => thrown);
    assert.ok(error instanceof UserError);
    return error;
  };

  it('points at the Dockerfile, tells the last lines, and still reports', async () => {
    const ports = buildPorts({ build: 'failing-step', exitCode: 1 });
    const [problem] = (await fail(ports)).problems;
    assert.match(problem?.what ?? '', /failed with exit code 7 .*It said: "more"\.$/);
    assert.deepEqual(problem?.place, { path: 'fail.Dockerfile', line: 5 });
    assert.ok(ports.host.lines.includes('  more'));
    assert.equal(reportOf(ports).failure?.line, 5);
    assert.equal(reportOf(ports).result, 'failed');
  });

  it('publishes no image, only how long it took and what was cached', async () => {
    const ports = buildPorts({ build: 'failing-step', exitCode: 1 });
    await fail(ports);
    const names = [...ports.host.outputs.keys()].sort();
    assert.deepEqual(names, ['cacheShare', 'replica', 'report', 'seconds']);
  });

  it('leaves no login behind', async () => {
    const connections = [registryConnection('c', 'passw0rd')];
    const ports = buildPorts({ build: 'failing-step', exitCode: 1 }, { connections });
    await assert.rejects(buildImage(inputsWith({ registries: ['c'] }), ports), UserError);
    assert.ok(![...ports.files.entries.keys()].some((path) => path.includes('/private/')));
  });
});

describe('a canceled build', () => {
  it('ends as canceled and reports so', async () => {
    const ports: BuildPorts = buildPorts({
      onBuild: () => {
        ports.cancel();
      },
    });
    await assert.rejects(buildImage(inputsWith(), ports), CancelledError);
    assert.equal(reportOf(ports).result, 'canceled');
  });
});

describe('the surroundings of a build', () => {
  it('give buildx the login and the secret without showing either', async () => {
    let config = '';
    const ports: BuildPorts = buildPorts(
      {
        onBuild: ({ env }) => {
          const path = `${env?.['DOCKER_CONFIG'] ?? ''}/config.json`;
          config = ports.files.entries.get(path)?.text ?? '';
        },
      },
      { variables: { token: 's3cret' }, connections: [registryConnection('c', 'passw0rd')] },
    );
    await buildImage(inputsWith({ registries: ['c'], secrets: ['t=$token'] }), ports);
    assert.match(config, /"my\.azurecr\.io"/);
    const command = buildOf(ports);
    assert.ok(Object.values(command?.env ?? {}).includes('s3cret'));
    assert.ok(!command?.args.join(' ').includes('s3cret'));
    assert.ok(!ports.host.lines.join('\n').includes('s3cret'));
    assert.equal(command?.env?.['BUILDX_CONFIG'], '/t/buildx');
  });

  it('are recorded before they are made', async () => {
    let recorded = false;
    const ports: BuildPorts = buildPorts({
      onBuild: () => {
        recorded = ports.host.taskVariables.size === 1;
      },
    });
    await buildImage(inputsWith(), ports);
    assert.ok(recorded);
  });

  it('must have the builder, and it must answer', async () => {
    const silent = buildImage(inputsWith(), buildPorts({ status: 'inactive' }));
    await assert.rejects(silent, /builder: No node of builder "ci" answers: tcp:\S+ inactive/);
    const unknown = buildImage(inputsWith({ builder: 'another' }), buildPorts());
    await assert.rejects(unknown, /builder: buildx knows no builder "another" in \/t\/buildx/);
  });

  it('must have every platform, and say which are emulated', async () => {
    const ports = buildPorts();
    const inputs = inputsWith({ platforms: 'linux/s390x,linux/arm64,linux/riscv64' });
    await assert.rejects(
      buildImage(inputs, ports),
      /cannot build for linux\/s390x, linux\/riscv64;/,
    );
    assert.equal(buildOf(ports), undefined);
    await buildImage(inputsWith({ platforms: 'linux/amd64,linux/arm64' }), ports);
    const line = ports.host.lines.find((each) => each.startsWith('Platforms'));
    assert.match(line ?? '', /linux\/amd64 \(native\), linux\/arm64 \(emulated/);
  });

  it('stay untouched in a dry run', async () => {
    const connections = [registryConnection('c', 'passw0rd')];
    const ports = buildPorts({}, { variables: { token: 's3cret' }, connections });
    const before = [...ports.files.entries.keys()];
    await buildImage(inputsWith({ dryRun: true, registries: ['c'], secrets: ['t=$token'] }), ports);
    assert.deepEqual(ports.commands.commands, []);
    assert.deepEqual([...ports.files.entries.keys()], before);
    const command = ports.host.lines.at(-1) ?? '';
    assert.match(command, /=<\$token> buildx build --builder ci .*--secret id=t,env=DAEMONLESS_/);
    assert.ok(!command.includes('s3cret'));
  });
});
