import assert from 'node:assert/strict';
import type { BuildSources } from '../../../../src/core/buildx/build-sources.ts';
import {
  type PreparedContext,
  prepareContext,
} from '../../../../tasks/BuildxMultiArch/prepare-context.ts';
import { plainRequest } from '../../../support/build-request.ts';
import { type BuildPorts, buildPorts } from '../../../support/build-ports.ts';

const folder = '/t/private/context';

describe('the context of a build', () => {
  let ports: BuildPorts;

  beforeEach(() => {
    ports = buildPorts();
  });

  const prepare = (change: Partial<BuildSources> = {}): Promise<PreparedContext> =>
    prepareContext({ request: { sources: { ...plainRequest.sources, ...change } } }, folder, ports);

  const write = (path: string, text: string): Promise<void> => ports.files.writeText(path, text);

  it('is a copy, under a name that stays the same on every agent', async () => {
    const { path, read, lines } = await prepare();
    assert.match(path, /^\/t\/private\/context\/s-[0-9a-f]{8}$/);
    assert.deepEqual(
      read[0]?.files.map((file) => file.path),
      ['Dockerfile', 'src.txt'],
    );
    assert.match(lines.join('\n'), /^Context: 2 files, 15 B; the daemon is sent those that have/);
  });

  it('has another name for another stage or Dockerfile, which take other files', async () => {
    const dockerfile = '/w/1/s/b.Dockerfile';
    const prepared = [
      await prepare(),
      await prepare({ target: 'b' }),
      await prepare({ dockerfile }),
    ];
    assert.equal(new Set(prepared.map(({ path }) => path)).size, 3);
  });

  it('has a name that stays the same though its Dockerfile is written elsewhere each time', async () => {
    const inline = { dockerfileText: 'FROM a' };
    const one = await prepare({ ...inline, dockerfile: '/t/1/Dockerfile' });
    const other = await prepare({ ...inline, dockerfile: '/t/2/Dockerfile' });
    assert.equal(one.path, other.path);
  });

  it('leads to the repository, so that provenance can name the commit', async () => {
    await write('/w/1/s/.git/HEAD', 'ref');
    await write('/w/1/s/app/main.c', '');
    await prepare({ context: '/w/1/s/app' });
    assert.equal(await ports.files.readText(`${folder}/files/.git`), 'gitdir: /w/1/s/.git\n');
    assert.equal(await ports.files.exists(`${folder}/files/app`), 'directory');
  });

  it('leads to the repository of a worktree', async () => {
    await write('/w/1/s/.git', 'gitdir: ../main/.git/worktrees/s\n');
    await write('/w/1/s/.dockerignore', '.git\n');
    await prepare();
    const text = await ports.files.readText(`${folder}/files/.git`);
    assert.equal(text, 'gitdir: /w/1/main/.git/worktrees/s\n');
  });

  it('is used as it is with a reason where times matter, and indexed all the same', async () => {
    await write('/w/1/s/Dockerfile', 'FROM a\nRUN --mount=type=cache,target=/o make');
    const { path, read, lines } = await prepare();
    assert.equal(path, '/w/1/s');
    assert.equal(read[0]?.files.length, 2);
    assert.match(
      lines.join('\n'),
      /^Context: sent as it was checked out, because the Dockerfile m/,
    );
  });

  it('has the folders of further contexts read beside it, by their own rules, for the report', async () => {
    await write('/w/1/lib/.dockerignore', 'out\n');
    await write('/w/1/lib/a', '1');
    await write('/w/1/lib/out', '1');
    const { read } = await prepare({
      namedContexts: [
        { name: 'lib', value: '/w/1/lib', folder: '/w/1/lib' },
        { name: 'base', value: 'docker-image://a', folder: undefined },
      ],
    });
    assert.deepEqual(
      read.map(({ uses, files }) => [uses, files.map(({ path }) => path)]),
      [
        [[{}], ['Dockerfile', 'src.txt']],
        [[{ name: 'lib' }], ['.dockerignore', 'a']],
      ],
    );
  });

  it('is used as it is when it cannot be copied, and nothing of the copy stays', async () => {
    const copy = async (): Promise<never> => {
      await ports.files.makeDirectory(`${folder}/files`);
      throw new Error('ENOSPC: no space left on device');
    };
    ports = { ...ports, contexts: { ...ports.contexts, copy } };
    const { path, lines } = await prepare();
    assert.equal(path, '/w/1/s');
    assert.match(lines.join('\n'), /because ENOSPC: no space left on device\.$/);
    assert.equal(await ports.files.exists(folder), undefined);
  });

  it('is none of our business when it is no folder', async () => {
    const context = 'https://example.org/repo.git';
    assert.deepEqual(await prepare({ context }), { path: context, read: [], lines: [] });
  });
});
