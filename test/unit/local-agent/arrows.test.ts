import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const ROOT = join(import.meta.dirname, '..', '..', '..', 'local-agent');

/** The top folders of the local agent that the files of one of them import from. */
function importsOf(folder: string): Set<string> {
  const files = readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' }).filter(
    (name) => name.endsWith('.ts'),
  );
  const found = files.flatMap((name) => {
    const up = '../'.repeat(name.split('/').length);
    const text = readFileSync(join(ROOT, folder, name), 'utf8');
    return [...text.matchAll(/from '([^']+)'/g)]
      .map(([, path = '']) => path)
      .filter((path) => path.startsWith(up))
      .map((path) => path.slice(up.length).split('/')[0] ?? '');
  });
  return new Set(found);
}

describe('The halves of the local agent', () => {
  it('know each other only by the job message: the agent half sees no alias and no YAML', () => {
    assert.deepEqual([...importsOf('agent')].sort(), ['expressions', 'protocol']);
    assert.deepEqual([...importsOf('server')].sort(), ['expressions', 'protocol']);
  });

  it('leave the stand-ins alone, which are tasks like any other', () => {
    assert.deepEqual([...importsOf('stand-ins')], []);
  });
});
