import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { repositoryFiles } from '../support/repository-files.ts';

/** Put together here, so that this file does not name them either. */
const workplace = new RegExp(['/wo' + 'rk/(main|shared)\\b', '/tmp/go' + 'bin\\b'].join('|'));

const official = /^(registry\.npmjs\.org|proxy\.golang\.org|direct|off)$/;

/** Package mirrors that this machine is told of. */
function mirrors(): readonly string[] {
  const urls = [process.env['npm_config_registry'], process.env['GOPROXY']];
  const hosts = urls
    .flatMap((list) => (list ?? '').split(/[,|]/))
    .map((url) => url.trim().replace(/^\w+:\/\/(?:[^@/]*@)?([^/:]+).*$/, '$1'));
  return hosts.filter((host) => host !== '' && !official.test(host));
}

describe('the repository', () => {
  it('names neither the place where it was written nor a mirror of that place', async () => {
    const forbidden = mirrors();
    const found: string[] = [];
    for (const path of repositoryFiles()) {
      const text = await readFile(path, 'utf8');
      if (workplace.test(text) || forbidden.some((host) => text.includes(host))) found.push(path);
    }
    assert.deepEqual(found, []);
  });
});
