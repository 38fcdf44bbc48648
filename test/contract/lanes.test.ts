import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { describe, it } from 'mocha';
import { repositoryFiles } from '../support/repository-files.ts';

/** What starts containers in networks, by itself or by a module of `test/support`. */
const starts =
  /PodmanServices@|task: 'PodmanServices'|'podman'(, '[^']*')*, '(run|start|network)'|support\/(services-|plain-user|orders-ground|run-demo)/;

describe('Tests that run side by side', () => {
  it('leave Podman to one lane, test/e2e/podman: its networks are the whole machine’s', async () => {
    const found: string[] = [];
    for (const path of repositoryFiles('test/e2e/*.test.ts')) {
      if (path.startsWith('test/e2e/podman/')) continue;
      if (starts.test(await readFile(path, 'utf8'))) found.push(path);
    }
    assert.deepEqual(found, []);
  });
});
