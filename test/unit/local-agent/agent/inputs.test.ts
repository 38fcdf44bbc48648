import assert from 'node:assert/strict';
import { resolveInputs } from '../../../../local-agent/agent/inputs.ts';

const DECLARED = [
  { name: 'plain', type: 'string', defaultValue: ' $(who) ' },
  { name: 'folder', type: 'filepath', defaultValue: '' },
];

function resolve(given: Readonly<Record<string, string>>): Map<string, string> {
  return resolveInputs(DECLARED, given, {
    expandVariables: (text) => text.replaceAll('$(who)', 'me').replaceAll('$(nested)', '$(who)'),
    process: { HOME: '/home/me', home: 'other' },
    repositoryFolder: '/agent/1/s',
  });
}

describe('The input pipeline of the agent', () => {
  it('expands defaults as it expands values, and trims both', () => {
    assert.equal(resolve({}).get('plain'), 'me');
    assert.equal(resolve({ PLAIN: '  text\n' }).get('plain'), 'text');
  });

  it('goes over variables once, then over its own environment, whose names keep their case', () => {
    assert.equal(
      resolve({ plain: '$(nested) $(HOME) $(home) $(Home)' }).get('plain'),
      '$(who) /home/me other $(Home)',
    );
  });

  it('roots empty and relative paths at the repository, and tidies absolute ones', () => {
    assert.equal(resolve({}).get('folder'), '/agent/1/s');
    assert.equal(resolve({ folder: 'a/../b' }).get('folder'), '/agent/1/s/b');
    assert.equal(resolve({ folder: '/x//y/.' }).get('folder'), '/x/y');
  });

  it('knows no aliases: an unknown name stays an input of its own', () => {
    assert.deepEqual([...resolve({ alias: 'x' }).keys()], ['plain', 'folder', 'alias']);
  });
});
