import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { readManifest } from '../../scripts/lib/package/manifest.ts';

const ownFile = /^https:\/\/github\.com\/daemonless-pipelines\/daemonless-pipelines\/blob\/main\//;

describe('vss-extension.json', () => {
  it('is whole: every key that tfx leaves to chance is there', async () => {
    await assert.doesNotReject(readManifest('.'));
  });

  it('names only files and pages that exist', async () => {
    const { icons, content, links } = await readManifest('.');
    const pages = Object.values(links).map(({ uri }) => uri);
    const own = pages.filter((uri) => ownFile.test(uri)).map((uri) => uri.replace(ownFile, ''));
    for (const path of [icons.default, content.details.path, content.license.path, ...own]) {
      assert.ok(existsSync(path), path);
    }
    assert.ok(own.length >= 3);
  });

  it('lists no task and no file itself: both are found by folder when it is packed', async () => {
    const { files, contributions } = await readManifest('.');
    assert.deepEqual({ files, contributions }, { files: [], contributions: [] });
  });
});
