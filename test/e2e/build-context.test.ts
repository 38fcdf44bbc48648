import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { mkdir, mkdtemp, utimes, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import fc from 'fast-check';
import type { Playground } from '../../scripts/lib/playground/options.ts';
import type { ContextEntry } from '../../src/core/context/context-file.ts';
import { ignoreRules } from '../../src/core/context/ignore-rules.ts';
import { nodeContextFolder } from '../../src/io/files/node-context-folder.ts';
import { type Ground, startGround } from '../support/ground.ts';
import { type MeasuredBuild, measuredBuild } from '../support/measured-build.ts';
import { RepositoryGround } from '../support/repository-ground.ts';
import { mustRun } from '../support/run-tool.ts';
import { setUp } from '../support/setup-runs.ts';

const contextBytes = 60_000_000;

describe('The context of BuildxMultiArch', function () {
  this.timeout(600_000);
  let folder: string;
  let playground: Playground;
  let remove: Ground['remove'];
  let ground: RepositoryGround;

  before(async () => {
    ({ folder, playground, remove } = await startGround({
      builders: [{ name: 'plain' }],
      registries: [],
    }));
    ground = new RepositoryGround(folder, playground.environment);
  });

  after(async () => {
    await remove();
  });

  const build = (
    sources: string,
    variables: Readonly<Record<string, string>> = {},
    inputs: Readonly<Record<string, string>> = {},
  ): Promise<MeasuredBuild> => {
    const all = { push: 'false', tags: '1', ...inputs };
    return measuredBuild({ folder, playground }, sources, all, variables);
  };

  it('costs a fresh clone under 2 % of the upload; forks and other repositories share nothing', async () => {
    const origin = join(folder, 'origin');
    const sources = Object.fromEntries(
      Array.from({ length: 200 }, (_, at) => [`src/${at}.txt`, randomBytes(5_000)] as const),
    );
    await ground.commit(origin, {
      ...{ Dockerfile: 'FROM scratch\nCOPY . /\n', '.dockerignore': '.git\n' },
      ...{ large: randomBytes(contextBytes - 1_000_000), ...sources },
    });
    assert.ok((await build(await ground.clone(origin))).uploaded >= contextBytes);
    await ground.commit(origin, { 'src/7.txt': 'changed' });
    const again = await build(await ground.clone(origin));
    assert.ok(again.uploaded > 0, again.output);
    assert.ok(again.uploaded < contextBytes * 0.02, `${again.uploaded} bytes`);
    for (const stranger of [{ BUILD_REPOSITORY_ID: 'x' }, { SYSTEM_PULLREQUEST_ISFORK: 'True' }]) {
      assert.ok((await build(await ground.clone(origin), stranger)).uploaded >= contextBytes);
    }
  });

  it('never serves a stale file, though size and time of every version are equal', async () => {
    const sources = await mkdtemp(join(folder, 'edited-'));
    const names = ['a', 'b', 'sub/c'];
    await mkdir(join(sources, 'sub'));
    await writeFile(join(sources, '.dockerignore'), 'Dockerfile\n');
    const read = 'ARG NONCE\nRUN echo $NONCE && cat /c/a /c/b /c/sub/c\n';
    await writeFile(join(sources, 'Dockerfile'), `FROM busybox:1\nCOPY . /c\n${read}`);
    const content = new Map(names.map((name) => [name, 'x']));
    const edits = fc.dictionary(fc.constantFrom(...names), fc.constantFrom(...'xyz'.split('')), {
      minKeys: 1,
    });
    await fc.assert(
      fc.asyncProperty(edits, async (edited) => {
        for (const [name, letter] of Object.entries(edited)) content.set(name, letter);
        for (const [name, letter] of content) {
          await writeFile(join(sources, name), `${name}: ${letter}\n`);
          await utimes(join(sources, name), 1_700_000_000, 1_700_000_000);
        }
        const buildArgs = `NONCE=${randomBytes(8).toString('hex')}`;
        const { output } = await build(sources, {}, { buildArgs });
        for (const [name, letter] of content)
          assert.match(output, new RegExp(` ${name}: ${letter}$`, 'm'));
      }),
      { numRuns: 12 },
    );
  });

  it('holds the files that BuildKit itself would take, for any plain .dockerignore', async () => {
    const part = fc.constantFrom('a', 'b', 'a.txt', 'b.log', 'node_modules', '.git');
    const path = fc.array(part, { minLength: 1, maxLength: 3 }).map((parts) => parts.join('/'));
    const glob = fc.constantFrom(
      '*',
      '**',
      'a',
      'b',
      '*.txt',
      '**/*.log',
      'a*',
      '?',
      'node_modules',
    );
    const line = fc.tuple(
      fc.constantFrom('', '!', '/', './'),
      fc.array(glob, { minLength: 1, maxLength: 3 }),
    );
    const lines = fc.array(line, { minLength: 1, maxLength: 5 });
    const { environment } = await setUp({
      folder,
      inputs: { endpoints: playground.builder('plain').address },
    });
    await fc.assert(
      fc.asyncProperty(
        fc.uniqueArray(path, { minLength: 3, maxLength: 12 }),
        lines,
        async (paths, rules) => {
          const context = await mkdtemp(join(folder, 'ignored-'));
          const text = rules.map(([sign, globs]) => sign + globs.join('/')).join('\n');
          await writeFile(join(context, '.dockerignore'), text);
          for (const each of paths) {
            await mkdir(dirname(join(context, each)), { recursive: true }).catch(() => undefined);
            await writeFile(join(context, each), each).catch(() => undefined);
          }
          const out = `${context}.out`;
          const dockerfile = join(folder, 'copy.Dockerfile');
          await writeFile(dockerfile, 'FROM scratch\nCOPY . /\n');
          const argv = ['buildx', 'build', '--file', dockerfile, '--output', out, context] as const;
          await mustRun(argv, environment);
          const taken = await nodeContextFolder.list(out, ignoreRules(''), 1000);
          const listed = await nodeContextFolder.list(context, ignoreRules(text), 1000);
          assert.deepEqual(filesOf(listed), filesOf(taken), text);
        },
      ),
      // Always the same ones: 400 others agreed, too.
      { numRuns: 40, seed: 40 },
    );
  });
});

function filesOf(entries: readonly ContextEntry[]): readonly string[] {
  return entries.filter(({ kind }) => kind === 'file').map(({ path }) => path);
}
