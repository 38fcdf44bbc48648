import assert from 'node:assert/strict';
import { type BuildCommand, buildCommand } from '../../../../src/core/buildx/build-args.ts';
import type { BuildRequest } from '../../../../src/core/buildx/build-request.ts';
import { type RegistryCache, noCache } from '../../../../src/core/cache/registry-cache.ts';
import { plainRequest as request } from '../../../support/build-request.ts';

const { image } = request;

const place = {
  builder: 'ci-1',
  metadataFile: '/t/metadata.json',
  secretsFolder: '/t/secrets',
  secretPrefix: 'SECRET_7_',
  platformCount: 1,
};

const command = (
  change: Partial<BuildRequest> = {},
  cache: RegistryCache = noCache,
): BuildCommand => buildCommand({ ...request, ...change }, cache, place);

const secretOf = (value: string): Partial<BuildRequest> => ({
  secrets: [{ id: 'tok', source: { kind: 'value', value, from: '$token' } }],
});

describe('the arguments of buildx build', () => {
  it('say everything whose default depends on version or environment', () => {
    const { args } = command();
    const namespace = args[args.indexOf('--build-arg') + 1] ?? '';
    assert.match(namespace, /^BUILDKIT_CACHE_MOUNT_NS=shop\/orders-[0-9a-f]{8}\/trusted$/);
    assert.deepEqual(args, [
      ...[
        'build',
        '--builder',
        'ci-1',
        '--progress=rawjson',
        '--metadata-file',
        '/t/metadata.json',
      ],
      ...['--file', '/w/1/s/Dockerfile', '--build-arg', namespace],
      ...['--provenance=mode=min', '--sbom=false', '--tag', 'a.io/orders:1'],
      ...['--output', 'type=image,push=true,unpack=false', '/w/1/s'],
    ]);
  });

  it('hold platforms, target, arguments and every tag', () => {
    const { args } = command({
      platforms: {
        strategy: 'auto',
        wanted: [
          { os: 'linux', architecture: 'amd64', variant: '' },
          { os: 'linux', architecture: 'arm', variant: 'v7' },
        ],
      },
      sources: { ...request.sources, target: 'tests' },
      buildArgs: [{ name: 'A', value: 'b c', isSecret: false }],
      image: { ...image, references: [...image.references, { name: 'b.io/orders', tag: '2' }] },
    });
    const line = args.join(' ');
    assert.match(line, /--platform linux\/amd64,linux\/arm\/v7 /);
    assert.match(line, /--target tests --build-arg A=b c /);
    assert.match(line, /--tag a.io\/orders:1 --tag b.io\/orders:2 --output type=image,push=true/);
  });

  it('put a secret into the environment of the child alone', () => {
    const { args, env, shownEnv, files } = command(secretOf('s3cret\nsecond "line"'));
    assert.ok(args.includes('id=tok,env=SECRET_7_0'));
    assert.deepEqual(env, { SECRET_7_0: 's3cret\nsecond "line"' });
    assert.deepEqual(shownEnv, { SECRET_7_0: '$token' });
    assert.deepEqual(files, {});
    assert.ok(!JSON.stringify([args, shownEnv]).includes('s3cret'));
  });

  it('put a secret that no variable can hold into a private file', () => {
    for (const value of ['x'.repeat(100 * 1024 + 1), 'a\0b']) {
      const { args, env, files } = command(secretOf(value));
      assert.ok(args.includes('id=tok,src=/t/secrets/0'));
      assert.deepEqual(files, { '/t/secrets/0': value });
      assert.deepEqual(env, {});
    }
  });

  it('quote a path that would be cut at its comma', () => {
    const source = { kind: 'file', path: '/w/a, b.pem' } as const;
    assert.ok(command({ secrets: [{ id: 'f', source }] }).args.includes('id=f,"src=/w/a, b.pem"'));
  });

  it('never hold the value of a secret build argument, which is warned of', () => {
    const buildArgs = [{ name: 'TOKEN', value: 's3cret', isSecret: true }];
    const { args, env, shownEnv, warnings } = command({ buildArgs });
    assert.equal(args[args.indexOf('--build-arg') + 1], 'TOKEN');
    assert.deepEqual([env, shownEnv], [{ TOKEN: 's3cret' }, { TOKEN: '***' }]);
    assert.match(warnings[0] ?? '', /"TOKEN" has a secret value.*RUN --mount=type=secret/);
  });

  it('leave a cache mount namespace of the user as it is', () => {
    const own = { name: 'BUILDKIT_CACHE_MOUNT_NS', value: 'mine/x', isSecret: false };
    const { args } = command({ buildArgs: [own] });
    assert.deepEqual(
      args.filter((arg) => arg.startsWith('BUILDKIT_CACHE_MOUNT_NS')),
      ['BUILDKIT_CACHE_MOUNT_NS=mine/x'],
    );
  });

  it('keep the result in the cache of the daemon when nothing is pushed', () => {
    const { args } = command({ image: { ...image, isPushed: false, references: [] } });
    assert.ok(!args.join().includes('push=true'));
    assert.deepEqual(args.slice(-3), ['--output', 'type=cacheonly', '/w/1/s']);
  });

  it('name the run as builder in the provenance, or switch it off', () => {
    const url = 'https://dev.azure.com/shop/p/_build/results?buildId=1';
    const run = { ...request.run, url };
    assert.ok(command({ run }).args.includes(`--provenance=mode=min,builder-id=${url}`));
    const attestations = { provenance: 'none', sbom: false } as const;
    assert.ok(command({ run, attestations }).args.includes('--provenance=false'));
  });

  it('read and write the cache by registry references', () => {
    const { args } = command({}, { ...noCache, from: ['c.io/cache:a'], to: 'c.io/cache:a' });
    assert.equal(args[args.indexOf('--cache-from') + 1], 'type=registry,ref=c.io/cache:a');
    assert.match(args[args.indexOf('--cache-to') + 1] ?? '', /ref=c.io\/cache:a,mode=max/);
  });
});
