import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import type { BakeRequest } from '../../../../src/core/bake/bake-request.ts';
import { listArgs, printArgs } from '../../../../src/core/bake/reading-args.ts';

const asked: BakeRequest = {
  files: ['a.hcl', 'b.json'],
  targets: ['api'],
  overrides: ['api.args.A=1'],
  labels: {},
  annotations: {},
};
const files = ['--file', 'a.hcl', '--file', 'b.json'];
const nothing = { ssh: [], variables: {} };

describe('The arguments that a bake file is read by', () => {
  it('name its files in order, the values of "bakeSet", and the targets', () => {
    const set = ['--set', 'api.args.A=1'];
    const args = printArgs(asked, nothing);
    assert.deepEqual(args, ['bake', '--progress=quiet', ...files, '--print', ...set, 'api']);
  });

  it('give variables that buildx would take for its own', () => {
    const args = printArgs(asked, { ...nothing, variables: { DEBUG: 'a b' } });
    assert.deepEqual(args.slice(args.indexOf('--print') + 1).slice(0, 2), ['--var', 'DEBUG=a b']);
  });

  it('ask for the names of its targets without building any', () => {
    const list = '--list=type=targets,format=json';
    assert.deepEqual(listArgs(asked), ['bake', '--progress=quiet', ...files, list]);
  });
});
