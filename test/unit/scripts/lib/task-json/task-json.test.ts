import assert from 'node:assert/strict';
import { parseTaskJson } from '../../../../../scripts/lib/task-json/read-tasks.ts';
import { exampleTask, input } from '../../../../support/example-task.ts';

function problems(change: object): string {
  const read = parseTaskJson(JSON.stringify({ ...exampleTask, ...change }), 'task.json');
  return read.ok ? '' : read.problems.map(({ where = '', what }) => `${where}: ${what}`).join('\n');
}

describe('the schema of task.json', () => {
  it('takes a whole one', () => {
    assert.equal(problems({}), '');
  });

  it('refuses text that is not JSON, with its path', () => {
    const read = parseTaskJson('{', 'tasks/X/task.json');
    assert.ok(!read.ok);
    assert.equal(read.problems[0]?.where, 'tasks/X/task.json');
    assert.match(read.problems[0].what, /^Not JSON/);
  });

  it('requires what Microsoft leaves open', () => {
    assert.match(problems({ minimumAgentVersion: undefined }), /minimumAgentVersion/);
    assert.match(problems({ restrictions: undefined }), /restrictions/);
    assert.match(problems({ helpUrl: undefined }), /helpUrl/);
  });

  it('refuses a friendly name that the Marketplace would refuse after the upload', () => {
    assert.match(problems({ friendlyName: 'x'.repeat(41) }), /friendlyName: Expected at most 40/);
  });

  it('refuses a GUID that is none, and a name that is not PascalCase', () => {
    assert.match(problems({ id: 'example' }), /id: Expected a GUID/);
    assert.match(problems({ name: 'example-task' }), /name: Expected a PascalCase name/);
  });

  it('takes the handlers Node20_1 and Node24 together, and no others', () => {
    const { Node20_1, Node24 } = exampleTask.execution;
    assert.match(problems({ execution: { Node20_1 } }), /execution\.Node24/);
    assert.match(problems({ execution: { Node20_1, Node24, Node16: Node24 } }), /Node16/);
    const target = { target: 'main.js' };
    assert.match(problems({ execution: { Node20_1: target, Node24: target } }), /Node20_1\.target/);
  });

  it('refuses an input type that nobody reads, and keys that no editor knows', () => {
    assert.match(problems({ inputs: [input('a', { type: 'secureFile' })] }), /inputs\.0\.type/);
    assert.match(problems({ inputs: [{ ...input('a'), helpMarkdown: 'x' }] }), /helpMarkdown/);
  });

  it('tells all problems at once', () => {
    assert.equal(problems({ id: 'x', author: '' }).split('\n').length, 2);
  });
});
