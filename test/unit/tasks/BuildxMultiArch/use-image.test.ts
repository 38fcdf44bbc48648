import assert from 'node:assert/strict';
import { CommandFailedError } from '../../../../src/core/command-failure.ts';
import { UserError } from '../../../../src/core/errors.ts';
import { buildImage } from '../../../../tasks/BuildxMultiArch/build-image.ts';
import type { Inputs } from '../../../../tasks/BuildxMultiArch/inputs/surroundings.ts';
import {
  type BuildPorts,
  type FakeBuildx,
  buildPorts,
  inputsWith,
} from '../../../support/build-ports.ts';
import type { FakeAnswer } from '../../../support/fake-runner.ts';

const config = `sha256:${'1'.repeat(64)}`;
const manifest = JSON.stringify({
  config: { digest: config, size: 1000 },
  layers: [
    { digest: 'sha256:a', size: 2_000_000 },
    { digest: 'sha256:b', size: 500_000 },
  ],
});
const amd64 = { variables: { 'Agent.OSArchitecture': 'X64' } };
const wanted = { platforms: 'linux/amd64,linux/arm64', strategy: 'single' } as const;

/** A Podman that has the image of this id after a load. */
const podmanWith =
  (id: string) =>
  (args: readonly string[]): FakeAnswer =>
    args[0] === 'load' ? { stdout: 'Loaded image: x' } : { stdout: `${id}\n` };

const build = async (
  change: Partial<Inputs>,
  buildx: FakeBuildx = {},
): Promise<{ readonly ports: BuildPorts; readonly error: unknown }> => {
  const ports = buildPorts({ manifest, ...buildx }, amd64);
  const error: unknown = await buildImage(inputsWith({ ...wanted, ...change }), ports).then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  return { ports, error };
};

const problemOf = (error: unknown): string => {
  assert.ok(error instanceof UserError, String(error));
  return `${error.problems[0]?.where ?? ''}: ${error.problems[0]?.what ?? ''}`;
};

describe('an image that was pushed', () => {
  it('is measured by the manifests of the registry', async () => {
    const { ports, error } = await build({});
    assert.equal(error, undefined);
    assert.equal(ports.host.outputs.get('size'), '2501000');
    assert.ok(ports.host.lines.some((line) => /linux\/arm64 .* 2\.5 MB/.test(line)));
  });

  it('fails the step past its budget, with all outputs set, or is warned of', async () => {
    const { ports, error } = await build({ maxImageSize: '2MB' });
    assert.match(
      problemOf(error),
      /^maxImageSize: The image is pushed, but larger than 2\.0 MB: 2\.5 MB for linux\/amd64, 2\.5 MB/,
    );
    assert.ok(ports.host.outputs.has('imageRef'));
    const warned = await build({ maxImageSize: 'warn:2MB' });
    assert.equal(warned.error, undefined);
    assert.match(warned.ports.host.warnings.join('\n'), /^maxImageSize: The image is pushed/m);
    const kept = await build({ maxImageSize: '2.6 MB' });
    assert.equal(kept.error, undefined);
  });
});

describe('an image that is loaded', () => {
  it("is the agent's own of several, and proven to be the one that was pushed", async () => {
    const { ports, error } = await build(
      { load: 'podman' },
      { podman: podmanWith('1'.repeat(64)) },
    );
    assert.equal(error, undefined);
    const again = ports.commands.commands.filter(({ args }) => args[0] === 'build')[1]?.args ?? [];
    assert.equal(again[again.indexOf('--platform') + 1], 'linux/amd64');
    assert.match(
      again.join(' '),
      /--provenance=false .*--output type=docker,dest=\S+\/private\/image\.tar /,
    );
    assert.ok(!again.join(' ').includes('push=true'));
    assert.ok(ports.host.lines.some((line) => line.endsWith('the very image that was pushed')));
  });

  it('never stands for another one than the pushed', async () => {
    const { error } = await build({ load: 'podman' }, { podman: podmanWith('2'.repeat(64)) });
    assert.match(
      problemOf(error),
      /^load: Podman has the image sha256:22.* and sha256:11.* was pushed/,
    );
  });

  it('asks the cache of the daemon, whatever the first build was forbidden', async () => {
    const change = { load: 'podman', noCache: true, pull: true } as const;
    const { ports } = await build(change, { podman: podmanWith('1'.repeat(64)) });
    const [first, second] = ports.commands.commands.filter(({ args }) => args[0] === 'build');
    assert.ok(first?.args.includes('--no-cache'));
    assert.ok(second?.args.every((arg) => arg !== '--no-cache' && arg !== '--pull'));
  });

  it('needs a name, a platform to choose, and Podman', async () => {
    const foreign = await build({ load: 'podman', platforms: 'linux/arm64,linux/s390x' });
    assert.match(
      problemOf(foreign.error),
      /^load: None of linux\/arm64, linux\/s390x is this agent's/,
    );
    const nameless = await build({ load: 'podman', repository: [], push: false });
    assert.match(problemOf(nameless.error), /^load: An image that is loaded needs a name/);
    const without = await build({ load: 'podman' });
    assert.match(problemOf(without.error), /^load: The program podman was not found/);
  });

  it('says what Podman said when it fails', async () => {
    const full: FakeAnswer = { stderr: 'no space left', ending: { kind: 'exited', exitCode: 125 } };
    const { error } = await build({ load: 'podman' }, { podman: () => full });
    assert.ok(error instanceof CommandFailedError);
    assert.match(error.message, /no space left/);
  });
});

describe('a dry run', () => {
  it('names the daemon that the builder has, references and sources', async () => {
    const ports = buildPorts({}, amd64);
    const nodes = JSON.stringify({ Name: 'ci', Nodes: [{ Endpoint: 'tcp://replica-2:1234' }] });
    ports.files.entries.set('/t/buildx/instances/ci', { text: nodes, mode: 0o600 });
    await buildImage(inputsWith({ dryRun: true, dockerfileInline: 'FROM busybox' }), ports);
    const told = ports.host.lines.join('\n');
    assert.match(told, /^Builder +ci \(tcp:\/\/replica-2:1234\)$/m);
    assert.match(told, /^Image +my\.azurecr\.io\/shop\/orders:4711$/m);
    assert.match(told, /^Dockerfile +as written in the pipeline$/m);
    assert.match(told, /buildx build --builder ci /);
    assert.deepEqual(ports.commands.commands, []);
  });
});
