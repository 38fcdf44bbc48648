import assert from 'node:assert/strict';
import {
  bakeFileProblem,
  listedTargets,
  missingTarget,
  missingTargetProblem,
} from '../../../../src/core/bake/bake-file-problem.ts';

describe('what is wrong with a bake file', () => {
  it('is at the line that buildx names', () => {
    const { place, what } = bakeFileProblem(
      'docker-bake.hcl:2\n--------\nERROR: docker-bake.hcl:2,11-12: Unsuitable value type; list needed.\n',
    );
    assert.deepEqual(place, { path: 'docker-bake.hcl', line: 2 });
    assert.equal(what, 'buildx cannot read it: Unsuitable value type; list needed.');
  });

  it('is a key that the agent has not: there is an input for it', () => {
    const { change } = bakeFileProblem(
      'ERROR: failed to convert agent config {default [] false}: invalid empty ssh agent socket: make sure SSH_AUTH_SOCK is set\n',
    );
    assert.match(change, /the input "ssh"/);
  });

  it('is a target of the input that it does not have, with the names most like it', () => {
    const missing = missingTarget('ERROR: failed to find target wbe');
    assert.equal(missing, 'wbe');
    const known = listedTargets('[{"name":"api"},{"name":"default","group":true},{"name":"web"}]');
    assert.deepEqual(missingTargetProblem(missing, ['wbe'], known), {
      where: 'bakeTargets',
      what: 'The bake file has no target or group "wbe".',
      change: 'Did you mean web?',
    });
    const { change } = missingTargetProblem('quite-another', ['quite-another'], known);
    assert.equal(change, 'It has api, default, web.');
  });

  it('is a target that only the file itself names; nothing is guessed where no names are known', () => {
    const known = listedTargets('unknown flag: --list');
    const { where, what, change } = missingTargetProblem('base', ['web'], known);
    assert.equal(where, 'bakeFile');
    assert.match(what, /"inherits" or "contexts" names the target "base"/);
    assert.equal(change, 'Name a target or group of the bake file.');
  });
});
