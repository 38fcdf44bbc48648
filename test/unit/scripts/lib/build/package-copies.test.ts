import assert from 'node:assert/strict';
import { copyProblems, packageFolders } from '../../../../../scripts/lib/build/package-copies.ts';

const inputsOf = (...paths: string[]) => ({
  inputs: Object.fromEntries(paths.map((path) => [path, { bytes: 1, imports: [] }])),
});

describe('the packages in a bundle', () => {
  it('are the folders of its files, scoped ones too', () => {
    const inputs = inputsOf(
      'src/core/errors.ts',
      'node_modules/q/q.js',
      'node_modules/@bufbuild/protobuf/dist/a.js',
      'node_modules/@bufbuild/protobuf/dist/b.js',
    );
    assert.deepEqual(packageFolders(inputs), ['node_modules/@bufbuild/protobuf', 'node_modules/q']);
  });

  it('hold task-lib once: twice or never is a problem', () => {
    const once = inputsOf(
      'node_modules/lib/a.js',
      'node_modules/lib/b.js',
      'deferred:/node_modules/lib/c.js',
    );
    const twice = inputsOf('node_modules/lib/a.js', 'node_modules/x/node_modules/lib/a.js');
    assert.deepEqual(copyProblems(once, 'lib', 'dist'), []);
    assert.match(copyProblems(twice, 'lib', 'dist')[0]?.what ?? '', /found node_modules\/lib, /);
    assert.match(copyProblems(inputsOf(), 'lib', 'dist')[0]?.what ?? '', /found none/);
  });
});
