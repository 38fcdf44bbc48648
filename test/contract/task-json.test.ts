import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { describeProblem } from '../../src/core/errors.ts';
import { type Task, readTasks } from '../../scripts/lib/task-json/read-tasks.ts';
import { matches, taskJsonProblems } from '../../scripts/lib/task-json/rules.ts';
import { repositoryFiles } from '../support/repository-files.ts';

const tasks = await readTasks('.');

/** The task's own code, without what is generated. */
async function codeOf({ folder }: Task): Promise<string> {
  const files = repositoryFiles(`${folder}/*.ts`).filter((file) => !file.includes('.generated.'));
  const texts = await Promise.all(files.map((file) => readFile(file, 'utf8')));
  return texts.join('\n').replace(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, '');
}

const namesIn = (code: string, pattern: RegExp): readonly string[] =>
  [...code.matchAll(pattern)].map(([, name = '']) => name);

describe('the tasks of the repository', () => {
  it('are three at least, each in the folder of its name', () => {
    assert.ok(tasks.length >= 3, tasks.map(({ name }) => name).join());
    for (const { name, json } of tasks) assert.equal(json.name, name);
  });

  it('have a GUID and a friendly name of their own', () => {
    for (const key of ['id', 'friendlyName'] as const) {
      assert.equal(new Set(tasks.map(({ json }) => json[key].toLowerCase())).size, tasks.length);
    }
  });
});

for (const task of tasks) {
  const { name, json, folder } = task;

  describe(`task.json of ${name}`, () => {
    it('fits together', () => {
      const problems = taskJsonProblems(json, `${folder}/task.json`);
      assert.deepEqual(problems.map(describeProblem), []);
    });

    it('is helped by its own reference page', () => {
      assert.ok(json.helpUrl.endsWith(`/docs/reference/${name}.md`), json.helpUrl);
    });

    it('has the inputs common to all tasks', () => {
      const names = json.inputs.map((input) => input.name);
      assert.ok(names.includes('dryRun'), names.join());
      assert.ok(json.groups.some((group) => group.displayName === 'Advanced'));
    });

    it('has no filePath, which the agent fills with the sources folder when it is empty', () => {
      const paths = json.inputs
        .filter(({ type }) => type === 'filePath')
        .map((input) => input.name);
      // The code of this one knows that a folder is no Dockerfile.
      assert.deepEqual(paths, name === 'BuildxMultiArch' ? ['dockerfile'] : []);
    });

    it('has a post-job handler exactly when the task has a cleanup', () => {
      const hasCleanup = repositoryFiles(`${folder}/cleanup.ts`).length === 1;
      assert.equal(json.postjobexecution !== undefined, hasCleanup);
    });

    it('declares no input that the code does not read', async () => {
      const code = await codeOf(task);
      const unread = json.inputs.filter((input) => !new RegExp(`\\b${input.name}\\b`).test(code));
      assert.deepEqual(
        unread.map((input) => input.name),
        [],
      );
    });

    it('declares no output that the code does not set', async () => {
      const code = await codeOf(task);
      const unset = json.outputVariables.filter(
        (output) => !output.name.split('.').every((part) => code.includes(part)),
      );
      assert.deepEqual(
        unset.map((output) => output.name),
        [],
      );
    });

    it('declares, and allows to be set, every variable that the code names', async () => {
      const code = await codeOf(task);
      const declared = json.outputVariables.map((output) => output.name);
      const outputs = namesIn(code, /\.setOutput\(\s*'([^']+)'/g);
      const variables = namesIn(code, /\.setVariable\(\s*'([^']+)'/g);
      assert.deepEqual(
        outputs.filter((output) => !declared.includes(output)),
        [],
      );
      const { allowed } = json.restrictions.settableVariables;
      const settable = (variable: string): boolean =>
        allowed.some((pattern) => matches(pattern, variable));
      assert.deepEqual(
        [...outputs, ...variables].filter((variable) => !settable(variable)),
        [],
      );
    });
  });
}
