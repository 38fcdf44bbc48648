import assert from 'node:assert/strict';
import { takenFiles } from '../../../../src/core/context/taken-files.ts';

describe('what a Dockerfile takes from its context', () => {
  it('is nothing without COPY, ADD and bind mounts of it', () => {
    const other = [
      'FROM busybox:1',
      '# COPY . /',
      'COPY --from=build /a /a',
      'RUN --mount=type=bind,from=build,target=/b --mount=type=cache,target=/c make',
    ];
    assert.equal(takenFiles(other.join('\n')), 'none');
  });

  it('is all of it when one instruction takes the whole folder, in any spelling', () => {
    for (const line of [
      'COPY . /app',
      'copy --chown=1:1 ./ /app',
      'ADD\t. /app',
      'COPY ["." , "/app"]',
      'ONBUILD COPY . /app',
      'RUN --mount=type=bind,target=/src make',
    ]) {
      assert.equal(takenFiles(`FROM a\nCOPY b /b\n${line}`), 'all', line);
    }
  });

  it('is a part of it when every instruction names its files', () => {
    const text = 'FROM a\nCOPY a \\\n  b/ /\nRUN --mount=type=bind,source=src,target=/src make';
    assert.equal(takenFiles(text), 'some');
  });
});
