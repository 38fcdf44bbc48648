import assert from 'node:assert/strict';
import { UserError, describeProblem } from '../../../../src/core/errors.ts';
import { pathsOf } from '../../../../tasks/BuildxMultiArch/inputs/sources.ts';
import type { Inputs } from '../../../../tasks/BuildxMultiArch/inputs/surroundings.ts';
import {
  type CheckedRequest,
  readRequest,
} from '../../../../tasks/BuildxMultiArch/read-request.ts';
import { buildPorts, inputsWith, registryConnection } from '../../../support/build-ports.ts';
import type { FakeHostSettings } from '../../../support/fake-host.ts';

const read = (change: Partial<Inputs>, settings?: FakeHostSettings): Promise<CheckedRequest> =>
  readRequest(inputsWith(change), buildPorts({}, settings));

const problemsOf = async (
  change: Partial<Inputs>,
  settings?: FakeHostSettings,
): Promise<readonly string[]> => {
  const error: unknown = await read(change, settings).then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  assert.ok(error instanceof UserError, String(error));
  return error.problems.map(describeProblem);
};

describe('the paths of a build', () => {
  const folders = {
    sourcesFolder: '/w/1/s',
    rootFolders: ['/w/1/s/app'],
    inlineDockerfile: '/t/Dockerfile',
  };
  const read = (context?: string, dockerfile?: string, dockerfileInline?: string) =>
    pathsOf({ context, dockerfile, dockerfileInline }, folders);
  const paths = (context?: string, dockerfile?: string): readonly string[] => {
    const found = read(context, dockerfile);
    return [found.context, found.dockerfile];
  };

  it('are the sources folder and its Dockerfile when nothing is said', () => {
    assert.deepEqual(paths(undefined, '/w/1/s'), ['/w/1/s', '/w/1/s/Dockerfile']);
    assert.deepEqual(paths(undefined, undefined), ['/w/1/s', '/w/1/s/Dockerfile']);
  });

  it('take any folder the agent roots unset paths at for unset', () => {
    assert.deepEqual(paths(undefined, '/w/1/s/app'), ['/w/1/s', '/w/1/s/Dockerfile']);
  });

  it('are a folder below the sources and the Dockerfile in it', () => {
    assert.deepEqual(paths('services/api', '/w/1/s'), [
      '/w/1/s/services/api',
      '/w/1/s/services/api/Dockerfile',
    ]);
  });

  it('may be the Dockerfile and its folder, in the words of Docker@2', () => {
    assert.deepEqual(paths('**', '/w/1/s/api/Dockerfile'), ['/w/1/s/api', '/w/1/s/api/Dockerfile']);
    assert.deepEqual(paths('**'), ['/w/1/s', '/w/1/s/Dockerfile']);
  });

  it('of a context that the daemon fetches start at its own root', () => {
    for (const url of ['https://host.test/app.git#main:api', 'git@host.test:team/app.git']) {
      assert.deepEqual(paths(url), [url, 'Dockerfile']);
      assert.deepEqual(paths(url, '/w/1/s/docker/prod.Dockerfile'), [
        url,
        'docker/prod.Dockerfile',
      ]);
    }
  });

  it('are a private file for a Dockerfile that is written into the pipeline', () => {
    const { dockerfile, dockerfileText } = read(undefined, '/w/1/s', 'FROM busybox');
    assert.deepEqual([dockerfile, dockerfileText], ['/t/Dockerfile', 'FROM busybox']);
  });

  it('may be apart from each other', () => {
    assert.deepEqual(paths('/elsewhere', '/w/1/s/docker/Dockerfile.prod'), [
      '/elsewhere',
      '/w/1/s/docker/Dockerfile.prod',
    ]);
  });
});

describe('the inputs of a build', () => {
  it('become a request, with the builder that the job has', async () => {
    const { builder, request } = await read({ platforms: 'linux/amd64, arm64', target: 'tests' });
    assert.equal(builder, 'ci');
    assert.deepEqual(request.image.references, [
      { name: 'my.azurecr.io/shop/orders', tag: '4711' },
      { name: 'my.azurecr.io/shop/orders', tag: 'latest' },
    ]);
    assert.equal(request.platforms.wanted.length, 2);
    assert.equal(request.sources.target, 'tests');
  });

  it('with mistakes are refused with all of them, each under its name', async () => {
    const found = await problemsOf({
      repository: ['my.azurecr.io/Shop'],
      tags: ['a/b c'],
      platforms: 'linux/amd46',
      buildArgs: ['NOPE'],
      secrets: ['a=$nope', 'f=file:none.pem'],
      cacheRepository: 'my.azurecr.io/cache:1',
      context: 'nowhere',
      dockerfile: '/w/1/s/Dockerfil',
      registries: ['gone'],
    });
    assert.deepEqual(
      found.map((text) => text.split(':')[0]),
      [
        ...['repository', 'tags', 'platforms', 'buildArgs', 'secrets', 'cacheRepository'],
        ...['registries', 'context', 'dockerfile', 'secrets'],
      ],
    );
  });

  it('name the Dockerfiles that are there when the one asked for is not', async () => {
    const [found = ''] = await problemsOf({ dockerfile: '/w/1/s/Dockerfil' });
    assert.match(found, /found nothing at \/w\/1\/s\/Dockerfil\. Did you mean Dockerfile\?/);
  });

  it('tell an undefined variable once, not also as a missing file', async () => {
    const found = await problemsOf({ context: '$(contxt)', dockerfile: '/w/1/s/Dockerfile' });
    assert.equal(found.length, 1);
    assert.match(found[0] ?? '', /^context: The variable "contxt" is not defined/);
  });

  it('without a builder name the task that makes one', async () => {
    const [found = ''] = await problemsOf({}, { variables: { BUILDX_BUILDER: '' } });
    assert.match(
      found,
      /^builder: .*BUILDX_BUILDER is not set\. Run the task SetupBuildkitBuilder/,
    );
  });

  it('must say where to push, unless nothing is pushed', async () => {
    const [found = ''] = await problemsOf({ repository: [] });
    assert.match(found, /^repository: Nothing says where to push/);
    const { request } = await read({ repository: [], push: false });
    assert.deepEqual(request.image.references, []);
  });

  it('mask every secret before anything else could print it', async () => {
    const ports = buildPorts(
      {},
      {
        variables: { token: 'v4lue' },
        connections: [registryConnection('c', 'passw0rd')],
      },
    );
    ports.files.entries.set('/w/1/s/key.pem', { text: 'k3y\n', mode: 0o600 });
    const secrets = ['a=$token', 'b=file:key.pem'];
    await readRequest(inputsWith({ secrets, registries: ['c'] }), ports);
    for (const secret of ['v4lue', 'k3y\n', 'passw0rd']) {
      assert.ok(ports.host.masked.includes(secret), secret);
    }
  });
});
