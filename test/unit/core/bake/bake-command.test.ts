import assert from 'node:assert/strict';
import { bakeCommand } from '../../../../src/core/bake/bake-command.ts';
import type { TargetDefinition } from '../../../../src/core/bake/bake-definition.ts';
import type { BuildRequest } from '../../../../src/core/buildx/build-request.ts';
import { type RegistryCache, noCache } from '../../../../src/core/cache/registry-cache.ts';
import { plainRequest } from '../../../support/build-request.ts';

const own: TargetDefinition = {
  context: 'api',
  dockerfile: 'Dockerfile',
  tags: ['a.io/api:1'],
  args: { A: 'file', B: 'file' },
  labels: { own: 'file' },
};
const bakeRequest = { files: [], targets: [], overrides: [], labels: {}, annotations: {} };
const place = {
  ...{ builder: 'ci', metadataFile: '/t/m.json', definitionFile: '/t/private/bake.json' },
  ...{ secretsFolder: '/t/secrets', secretPrefix: 'S_', folder: '/w/1/s', checksOf: {} },
};

/** The command, and the definition of the target `api` in it. */
const bakeOf = (
  change: Partial<BuildRequest> = {},
  definition: TargetDefinition = own,
  form: { readonly cache?: RegistryCache; readonly isByDigest?: boolean } = {},
) => {
  const target = {
    ...{ name: 'api', definition, references: [{ name: 'a.io/api', tag: '1' }] },
    ...{ isPushed: true, platforms: [] },
  };
  const command = bakeCommand(
    { ...plainRequest, bake: bakeRequest, ...change },
    {
      targets: [{ target, platforms: [], cache: noCache, isByDigest: false, ...form }],
      linked: { base: { context: '.', dockerfile: 'Dockerfile' } },
    },
    place,
  );
  const text = command.files['/t/private/bake.json'] ?? '';
  const { target: targets } = JSON.parse(text) as {
    target: { api: TargetDefinition; base: TargetDefinition };
  };
  return { command, ...targets };
};

describe('the command of a bake', () => {
  it('names the targets and a definition of our own, below the folder of the sources', () => {
    const { command } = bakeOf();
    assert.equal(command.cwd, '/w/1/s');
    assert.deepEqual(command.args, [
      ...['bake', '--builder', 'ci', '--progress=rawjson', '--metadata-file', '/t/m.json'],
      ...['--file', '/t/private/bake.json', 'api'],
    ]);
  });

  it('has the arguments of the inputs over those of the file, for every target', () => {
    const buildArgs = [{ name: 'A', value: 'input', isSecret: true }];
    const { command, api, base } = bakeOf({ buildArgs });
    assert.equal(api.args?.['A'], 'input');
    assert.equal(api.args['B'], 'file');
    assert.equal(base.args?.['A'], 'input');
    assert.match(base.args['BUILDKIT_CACHE_MOUNT_NS'] ?? '', /^shop\/orders-/);
    assert.ok(!command.args.join(' ').includes('input'));
    assert.match(command.warnings.join(), /"A" has a secret value/);
  });

  it('keeps secrets out of its arguments and of the definition, and may read their files', () => {
    const source = { kind: 'value', value: 'hush', from: '$token' } as const;
    const file = { kind: 'file', path: '/t/pip.conf' } as const;
    const { command, api } = bakeOf({
      secrets: [
        { id: 'token', source },
        { id: 'pip', source: file },
      ],
    });
    assert.deepEqual(api.secret, [
      { id: 'token', env: 'S_0' },
      { id: 'pip', src: '/t/pip.conf' },
    ]);
    assert.deepEqual(command.env, { S_0: 'hush' });
    assert.ok(!JSON.stringify([command.args, command.files]).includes('hush'));
    assert.match(command.args.join(' '), /--allow fs\.read=\/t\/pip\.conf/);
  });

  it('pushes whatever the file says of pushing, and keeps its outputs on the agent', () => {
    const output = [
      { type: 'image', push: 'false' },
      { type: 'local', dest: 'out' },
    ];
    const { api } = bakeOf({}, { ...own, output });
    assert.deepEqual(api.output, [
      { type: 'image', push: 'true', unpack: 'false' },
      { type: 'local', dest: 'out' },
    ]);
  });

  it('pushes a part of several without tags, and leaves annotations of the index to the merge', () => {
    const annotations = ['index:a=1', 'manifest:b=2'];
    const { api } = bakeOf({}, { ...own, annotations }, { isByDigest: true });
    assert.deepEqual(api.tags, []);
    assert.deepEqual(api.annotations, ['manifest:b=2']);
    assert.equal(api.output?.[0]?.['push-by-digest'], 'true');
  });

  it('lets the file state its provenance where the input has its default', () => {
    const attest = [{ type: 'provenance', mode: 'max' }];
    const { api } = bakeOf({}, { ...own, attest });
    assert.equal(api.attest?.[0]?.['mode'], 'max');
    const none = { attestations: { provenance: 'none', sbom: false } } as const;
    const without = bakeOf(none, { ...own, attest }).api;
    assert.deepEqual(without.attest, [
      { type: 'provenance', disabled: 'true' },
      { type: 'sbom', disabled: 'true' },
    ]);
  });

  it('writes the cache of each target beside those of the file, but none from a fork', () => {
    const cache: RegistryCache = { ...noCache, from: ['c.io/c:api'], to: 'c.io/c:api' };
    const definition = { ...own, 'cache-to': [{ type: 'registry', ref: 'mine' }] };
    const { api } = bakeOf({}, definition, { cache });
    assert.deepEqual(
      api['cache-to']?.map(({ ref }) => ref),
      ['c.io/c:api', 'mine'],
    );
    const run = { ...plainRequest.run, source: { ...plainRequest.run.source, isFork: true } };
    const forked = bakeOf({ run }, definition, { cache: noCache });
    assert.deepEqual(forked.api['cache-to'], []);
  });
});
