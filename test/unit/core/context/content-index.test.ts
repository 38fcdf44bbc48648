import assert from 'node:assert/strict';
import fc from 'fast-check';
import { changedPaths, contentIndex } from '../../../../src/core/context/content-index.ts';
import { pathsTakenBy } from '../../../../src/core/context/copied-files.ts';

const file = (path: string, digest = 'a'.repeat(64)) => ({ path, bytes: 1, digest });
const many = ['a/x.txt', 'a/y.txt', 'a/deep/z.txt', 'b/x.txt', 'top.txt'].map((path) => file(path));

describe('the index of a context', () => {
  it('has every file as long as they are few', () => {
    const { depth, digests } = contentIndex(many, 5);
    assert.equal(depth, undefined);
    assert.deepEqual(Object.keys(digests), [
      ...['a/deep/z.txt', 'a/x.txt', 'a/y.txt', 'b/x.txt', 'top.txt'],
    ]);
  });

  it('has folders, as deep as the limit allows, when they are many', () => {
    const { depth, digests } = contentIndex(many, 3);
    assert.equal(depth, 1);
    assert.deepEqual(Object.keys(digests).sort(), ['a/', 'b/', 'top.txt']);
  });

  it('never has more entries than the limit, and sees every change', () => {
    const path = fc.array(fc.constantFrom('a', 'b', 'c', 'd'), { minLength: 1, maxLength: 4 });
    const paths = fc.uniqueArray(
      path.map((parts) => `${parts.join('/')}.txt`),
      { minLength: 1 },
    );
    fc.assert(
      fc.property(paths, fc.integer({ min: 1, max: 6 }), fc.nat(), (names, limit, at) => {
        const before = names.map((name) => file(name));
        const changed = before.map((one, n) =>
          n === at % before.length ? { ...one, digest: 'b'.repeat(64) } : one,
        );
        const [older, newer] = [contentIndex(before, limit), contentIndex(changed, limit)];
        assert.ok(Object.keys(newer.digests).length <= Math.max(1, limit));
        assert.deepEqual(changedPaths(older, older), []);
        assert.equal(changedPaths(older, newer)?.length, 1);
      }),
    );
  });

  it('is compared by folders when it grew over the limit meanwhile', () => {
    const grown = [...many, file('b/new.txt')];
    assert.deepEqual(changedPaths(contentIndex(many, 5), contentIndex(grown, 5)), ['b/']);
  });
});

describe('the paths that an instruction takes', () => {
  const rows: readonly (readonly [instruction: string, path: string, isTaken: boolean])[] = [
    ['COPY . /app', 'any/file', true],
    ['COPY src /src', 'src/deep/a.ts', true],
    ['COPY src /src', 'srcs/a.ts', false],
    ['COPY --chown=1:1 --link ./src/ a.txt /dest/', 'a.txt', true],
    ['COPY *.json /app/', 'package.json', true],
    ['COPY *.json /app/', 'deep/package.json', false],
    ['COPY ["my file.txt", "/app/"]', 'my file.txt', true],
    ['COPY ["my file.txt", "/app/"]', 'other.txt', false],
    ['ADD a[12].txt /', 'a2.txt', true],
    ['COPY src/a.ts /', 'src/', true],
    ['RUN --mount=type=bind,source=go.mod,target=go.mod go mod download', 'go.mod', true],
    ['RUN --mount=type=bind,source=go.mod,target=go.mod go mod download', 'main.go', false],
    ['RUN --mount=type=bind,target=/src make', 'main.go', true],
  ];
  for (const [instruction, path, isTaken] of rows) {
    it(`${isTaken ? 'hold' : 'do not hold'} ${path} for ${instruction}`, () => {
      assert.equal(pathsTakenBy(instruction)(path), isTaken);
    });
  }

  const bind = 'RUN --mount=type=bind,source=a --mount=type=bind,from=lib,source=b make';
  const ofLib: readonly (readonly [instruction: string, path: string, isTaken: boolean])[] = [
    ['COPY --from=lib src /src', 'src/a.ts', true],
    ['COPY --link --from=Lib src /src', 'other', false],
    [bind, 'b', true],
    [bind, 'a', false],
    // Its stage is FROM lib.
    ['COPY src /src', 'other', true],
    ['RUN make', 'other', true],
  ];
  for (const [instruction, path, isTaken] of ofLib) {
    it(`${isTaken ? 'hold' : 'do not hold'} ${path} of the context lib for ${instruction}`, () => {
      assert.equal(pathsTakenBy(instruction, 'lib')(path), isTaken);
    });
  }
});
