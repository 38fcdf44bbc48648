import assert from 'node:assert/strict';
import type { InputSpecs } from '../../../../src/core/task/input-spec.ts';
import { allProblems, readInputs } from '../../../../src/core/task/read-inputs.ts';

const specs = {
  repository: { type: 'string', required: true, defaultValue: '' },
  push: { type: 'boolean', required: false, defaultValue: 'true' },
  retries: { type: 'int', required: false, defaultValue: '2' },
  cacheExport: {
    type: 'pickList',
    required: false,
    defaultValue: 'withPush',
    options: ['withPush', 'off'],
  },
  tags: { type: 'multiLine', required: false, defaultValue: '' },
  dockerfile: { type: 'filePath', required: false, defaultValue: '' },
  connection: { type: 'connectedService', required: false, defaultValue: '' },
  registries: { type: 'connectedService', required: false, defaultValue: '', several: true },
} as const satisfies InputSpecs;

const read = (texts: Readonly<Record<string, string>>) => readInputs(specs, (name) => texts[name]);
const valuesOf = (texts: Readonly<Record<string, string>>) => {
  const inputs = read({ repository: 'a.io/orders', ...texts });
  assert.ok(inputs.ok);
  return inputs.value;
};

describe('the inputs of a task', () => {
  it('have their defaults when unset', () => {
    assert.deepEqual(valuesOf({}), {
      repository: 'a.io/orders',
      push: true,
      retries: 2,
      cacheExport: 'withPush',
      tags: [],
      dockerfile: undefined,
      connection: undefined,
      registries: [],
    });
  });

  it('are read by their type, whatever the case of words and the ends of lines', () => {
    const values = valuesOf({
      push: 'FALSE',
      retries: ' 5 ',
      cacheExport: 'OFF',
      tags: ' 1\r\n\n latest ',
      registries: 'id-1, id-2,',
    });
    assert.equal(values.push, false);
    assert.equal(values.retries, 5);
    assert.equal(values.cacheExport, 'off');
    assert.deepEqual(values.tags, ['1', 'latest']);
    assert.deepEqual(values.registries, ['id-1', 'id-2']);
  });

  it('tell all their problems at once, each with the name of its input', () => {
    const inputs = read({ repository: ' ', push: 'yes', retries: '-1', cacheExport: 'sometimes' });
    assert.ok(!inputs.ok);
    assert.deepEqual(
      inputs.problems.map(({ where, what }) => `${where}: ${what}`),
      [
        'repository: This input is required, but it is empty.',
        'push: Expected true or false, found "yes".',
        'retries: Expected a whole number, found "-1".',
        'cacheExport: Expected one of withPush, off; found "sometimes".',
      ],
    );
  });

  it('have defaults in place of those that are wrong, so that the meaning of the others can be checked', () => {
    const inputs = read({ push: 'yes', retries: 'many', tags: 'a' });
    assert.ok(!inputs.ok && inputs.standIns);
    const { repository, push, retries, tags } = inputs.standIns;
    assert.deepEqual([repository, push, retries, tags], ['', true, 2, ['a']]);
  });

  it('have no meaning that could be checked when a choice is none of its options', () => {
    const inputs = read({ repository: 'a.io/orders', cacheExport: 'sometimes' });
    assert.ok(!inputs.ok && inputs.standIns === undefined);
  });

  it('are blamed for their meaning only when their form is well', () => {
    const problem = (where: string, what: string) => ({ where, what, change: '.' });
    const form = [problem('push', 'form')];
    const meaning = [problem('push', 'caused by its stand-in'), problem('tags', 'meaning')];
    assert.deepEqual(allProblems(form, meaning), [form[0], meaning[1]]);
  });
});
