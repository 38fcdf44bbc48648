import assert from 'node:assert/strict';
import type { TargetDefinition } from '../../../../src/core/bake/bake-definition.ts';
import type { Bake } from '../../../../src/core/bake/baked-targets.ts';
import { withContexts } from '../../../../src/core/bake/target-contexts.ts';
import {
  type PreparedContexts,
  prepareBakeContexts,
} from '../../../../tasks/BuildxMultiArch/prepare-bake-contexts.ts';
import { plainRequest } from '../../../support/build-request.ts';
import { type BuildPorts, buildPorts } from '../../../support/build-ports.ts';

const sources = { ...plainRequest.sources, context: '/w/1/s' };
const folder = '/t/private/context';

/** A bake whose targets all stand beside one another, as `linked` ones. */
const bakeOf = (linked: Readonly<Record<string, Partial<TargetDefinition>>>): Bake => ({
  targets: [],
  linked: Object.fromEntries(
    Object.entries(linked).map(([name, own]) => [
      name,
      { context: '.', dockerfile: 'Dockerfile', ...own },
    ]),
  ),
});

describe('the contexts of a bake', () => {
  let ports: BuildPorts;

  beforeEach(async () => {
    ports = buildPorts();
    await write('/w/1/s/api/Dockerfile', 'FROM a\nCOPY src /src\n');
    await write('/w/1/s/api/Other', 'FROM a\nCOPY other /other\n');
    await write('/w/1/s/api/All', 'FROM a\nCOPY . /\n');
    await write('/w/1/s/api/Every', 'FROM b\nCOPY . /\n');
    await write('/w/1/s/api/src', 'x');
  });

  const write = (path: string, text: string): Promise<void> => ports.files.writeText(path, text);
  const prepare = (
    linked: Readonly<Record<string, Partial<TargetDefinition>>>,
  ): Promise<PreparedContexts> => prepareBakeContexts({ sources }, bakeOf(linked), folder, ports);

  it('are copied once each, under a name for each target that takes other files', async () => {
    const { ofTargets, lines } = await prepare({
      one: { context: 'api' },
      other: { context: './api', dockerfile: 'Other' },
    });
    const paths = [ofTargets['one']?.own, ofTargets['other']?.own];
    assert.match(paths[0] ?? '', /^\/t\/private\/context\/0\/api-[0-9a-f]{8}$/);
    assert.match(paths[1] ?? '', /^\/t\/private\/context\/0\/api-[0-9a-f]{8}$/);
    assert.notEqual(paths[0], paths[1]);
    assert.equal(lines.length, 1);
    assert.match(lines[0] ?? '', /^Context api \(one, other\): 5 files, /);
  });

  it('share the upload where two targets take all of one', async () => {
    const { ofTargets } = await prepare({
      one: { context: 'api', dockerfile: 'All' },
      other: { context: 'api', dockerfile: 'Every' },
    });
    assert.ok(ofTargets['one']?.own);
    assert.equal(ofTargets['one'].own, ofTargets['other']?.own);
  });

  it('are copied apart where the rules of a Dockerfile leave out other files', async () => {
    await write('/w/1/s/api/Every.dockerignore', 'src\n');
    const { ofTargets, lines } = await prepare({
      one: { context: 'api', dockerfile: 'All' },
      other: { context: 'api', dockerfile: 'Every' },
    });
    assert.match(ofTargets['one']?.own ?? '', /context\/0\//);
    assert.match(ofTargets['other']?.own ?? '', /context\/1\//);
    assert.equal(lines.length, 2);
  });

  it('stay where they are when the daemon takes no file of them, or is to fetch them itself', async () => {
    const inline = 'FROM a\nRUN true';
    const { ofTargets, read, lines } = await prepare({
      base: { 'dockerfile-inline': inline },
      remote: { context: 'https://example.com/a.git', contexts: { lib: 'api' } },
      linked: {
        'dockerfile-inline': inline,
        contexts: { base: 'target:base', i: 'docker-image://a' },
      },
    });
    assert.deepEqual({ ofTargets, read, lines }, { ofTargets: {}, read: [], lines: [] });
  });

  it('with names of their own are copied, too', async () => {
    const { ofTargets } = await prepare({
      one: { 'dockerfile-inline': 'FROM a', contexts: { lib: 'api', base: 'target:base' } },
    });
    assert.deepEqual(Object.keys(ofTargets['one']?.named ?? {}), ['lib']);
    assert.equal(ofTargets['one']?.own, undefined);
  });

  it('are sent as they are, with the reason, outside the sources: buildx asks for those', async () => {
    await write('/w/1/other/Dockerfile', 'FROM a\nCOPY . /\n');
    const { ofTargets, lines } = await prepare({ one: { context: '../other' } });
    assert.deepEqual(ofTargets, {});
    assert.equal(lines.length, 1);
    assert.match(
      lines[0] ?? '',
      /^Context \.\.\/other \(one\): sent as it was checked out, because it lies outside/,
    );
  });

  it('are sent as they are where a tool may compare times, though another target takes the same', async () => {
    await write('/w/1/s/api/Make', 'FROM a\nCOPY . /\nRUN --mount=type=cache,target=/out make\n');
    const { ofTargets, lines } = await prepare({
      one: { context: 'api', dockerfile: 'All' },
      make: { context: 'api', dockerfile: 'Make' },
    });
    assert.deepEqual(Object.keys(ofTargets), ['one']);
    assert.match(lines.join('\n'), /^Context api \(make\): sent .* mounts a cache at \/out/m);
  });

  it('are told once for all that take files from them, copied or not, for the report', async () => {
    await write('/w/1/s/api/Make', 'FROM a\nCOPY . /\nRUN --mount=type=cache,target=/out make\n');
    const { read } = await prepare({
      one: { context: 'api', contexts: { lib: 'api' } },
      other: { context: 'api', dockerfile: 'Other' },
      make: { context: 'api', dockerfile: 'Make' },
    });
    const users = read.flatMap(({ uses, files }) =>
      files.length === 6 ? uses.map(({ target = '', name = '' }) => `${target} ${name}`) : [],
    );
    assert.deepEqual(users.sort(), ['make ', 'one ', 'one lib', 'other ']);
    assert.equal(read.length, 1);
  });

  it('leave the Dockerfile where it is', async () => {
    const definition = { context: 'api', dockerfile: 'Other' };
    const { ofTargets } = await prepare({ one: definition });
    const moved = withContexts(definition, ofTargets['one'], '/w/1/s');
    assert.equal(moved.dockerfile, '/w/1/s/api/Other');
    assert.equal(moved.context, ofTargets['one']?.own);
    assert.equal(withContexts(definition, undefined, '/w/1/s'), definition);
  });
});
