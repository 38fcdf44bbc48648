import assert from 'node:assert/strict';
import { UserError } from '../../../src/core/errors.ts';
import { findBuildx } from '../../../src/workflows/find-buildx.ts';
import { FakeFiles } from '../../support/fake-files.ts';
import { FakeHost } from '../../support/fake-host.ts';
import { fakeRunner } from '../../support/fake-runner.ts';

const plugin = '/home/agent/.docker/cli-plugins/docker-buildx';

function portsWith(versions: Readonly<Record<string, string>>) {
  const paths = Object.keys(versions).filter((file) => file.startsWith('/'));
  return {
    host: new FakeHost({ variables: { HOME: '/home/agent' } }),
    files: new FakeFiles(Object.fromEntries(paths.map((path) => [path, 'ELF']))),
    commands: fakeRunner(({ file }) => {
      const version = versions[file];
      return version === undefined
        ? undefined
        : { stdout: `github.com/docker/buildx ${version} abc` };
    }),
    cancellation: new AbortController().signal,
  };
}

describe('finding buildx', () => {
  it('takes the standalone program on PATH before any CLI plugin', async () => {
    const ports = portsWith({ buildx: 'v0.36.1', [plugin]: 'v0.37.0' });
    assert.deepEqual(await findBuildx(ports), { file: 'buildx', version: '0.36.1' });
  });

  it('takes a CLI plugin without asking for the Docker CLI', async () => {
    const ports = portsWith({ [plugin]: 'v0.20.0' });
    assert.deepEqual(await findBuildx(ports), { file: plugin, version: '0.20.0' });
    assert.ok(ports.commands.commands.every(({ file }) => file !== 'docker'));
  });

  it('goes on past one that is too old', async () => {
    const ports = portsWith({ buildx: 'v0.9.1', [plugin]: 'v0.20.0' });
    assert.equal((await findBuildx(ports)).file, plugin);
  });

  it('says which it found when all are too old', async () => {
    await assert.rejects(
      findBuildx(portsWith({ buildx: 'v0.9.1' })),
      (error: unknown) =>
        error instanceof UserError &&
        /0\.13\.0 or newer, found buildx 0\.9\.1\./.test(error.message),
    );
  });

  it('names every place it looked at when there is none', async () => {
    await assert.rejects(
      findBuildx(portsWith({})),
      (error: unknown) => error instanceof UserError && error.message.includes(plugin),
    );
  });

  it('uses an unstamped build, and warns that nobody can tell its age', async () => {
    const ports = portsWith({ buildx: 'v0.0.0+unknown' });
    await findBuildx(ports);
    assert.match(ports.host.warnings.join(), /tells no version/);
  });
});
