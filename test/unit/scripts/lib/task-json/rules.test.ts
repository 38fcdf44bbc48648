import assert from 'node:assert/strict';
import { matches, taskJsonProblems } from '../../../../../scripts/lib/task-json/rules.ts';
import type { TaskInput, TaskJson } from '../../../../../scripts/lib/task-json/task-json.ts';
import { exampleTask, input } from '../../../../support/example-task.ts';

function problems(change: Partial<TaskJson>): readonly string[] {
  return taskJsonProblems({ ...exampleTask, ...change }, 'task.json').map(({ what }) => what);
}

const withInputs = (...inputs: TaskInput[]): readonly string[] =>
  problems({ inputs: [...exampleTask.inputs, ...inputs] });

describe('the parts of a task.json', () => {
  it('fit together in a good one', () => {
    assert.deepEqual(problems({}), []);
  });

  it('give each name and alias to one input, in any case', () => {
    assert.deepEqual(withInputs(input('image', { aliases: ['Repository'] })), [
      '"Repository" names the inputs repository and image.',
    ]);
  });

  it('put inputs into groups that exist', () => {
    assert.deepEqual(withInputs(input('a', { groupName: 'expert' })), [
      'Input a is in group "expert", which does not exist.',
    ]);
  });

  it('give a pickList and a boolean a default that they can have', () => {
    const options = { gzip: 'Gzip' };
    assert.deepEqual(
      withInputs(
        input('a', { type: 'pickList', options, defaultValue: 'zip' }),
        input('b', { type: 'boolean' }),
      ),
      ['The default of pickList a is not one of its options.', 'Boolean b has no default.'],
    );
  });

  it('show inputs by rules over inputs that exist, and values they can have', () => {
    assert.deepEqual(
      withInputs(
        input('a', { visibleRule: 'load = podman && repository NotContains x' }),
        input('b', { visibleRule: 'push = true' }),
        input('c', { visibleRule: 'load = docker' }),
        input('d', { visibleRule: 'load is podman' }),
      ),
      [
        'The visibleRule of b names push, which is not an input.',
        'The visibleRule of c compares load with "docker", which it never is.',
        'The visibleRule of d has a malformed condition "load is podman".',
      ],
    );
  });

  it('never declare as an output what later steps read as a plain variable', () => {
    const outputVariables = [{ name: 'BUILDX_BUILDER', description: 'x' }];
    assert.deepEqual(problems({ outputVariables }), ['BUILDX_BUILDER is declared as an output.']);
  });

  it('let the task set each of its outputs', () => {
    const outputVariables = [{ name: 'imageRef', description: 'x' }];
    assert.deepEqual(problems({ outputVariables }), ['The task may not set its output imageRef.']);
  });
});

describe('a pattern of settable variables', () => {
  it('matches whole names in any case, a star any text', () => {
    assert.ok(matches('*.port.*', 'db.port.5432'));
    assert.ok(matches('digest', 'Digest'));
    assert.ok(!matches('digest', 'digests'));
    assert.ok(!matches('a.b', 'axb'));
  });
});
