import assert from 'node:assert/strict';
import { taskSkeleton } from '../../../../../scripts/lib/new-task/task-skeleton.ts';
import { parseTaskJson } from '../../../../../scripts/lib/task-json/read-tasks.ts';
import { taskJsonProblems } from '../../../../../scripts/lib/task-json/rules.ts';

const id = '0b7a3f0e-2f57-4a43-9f0a-8d1c0a9b6c11';
const files = taskSkeleton('ImageReport', id, '0.3.1');

function contentOf(path: string): string {
  return files.find((file) => file.path === path)?.content ?? '';
}

describe('the files of a new task', () => {
  it('hold a task.json that breaks no rule, with its own GUID and the version of the extension', () => {
    const read = parseTaskJson(contentOf('tasks/ImageReport/task.json'), 'task.json');
    assert.ok(read.ok);
    assert.deepEqual(taskJsonProblems(read.value, 'task.json'), []);
    assert.equal(read.value.id, id);
    assert.deepEqual(read.value.version, { Major: 1, Minor: 3, Patch: 1 });
  });

  it('load the workflow only after the inputs are read', () => {
    const main = contentOf('tasks/ImageReport/main.ts');
    assert.match(main, /const \{ imageReport \} = await import\('\.\/image-report\.ts'\);/);
    assert.match(contentOf('tasks/ImageReport/image-report.ts'), /export function imageReport\(/);
  });

  it('hold a specification that fails until somebody writes a rule', () => {
    const path = 'test/unit/tasks/ImageReport/image-report.test.ts';
    assert.match(contentOf(path), /assert\.fail\(/);
  });
});
