import assert from 'node:assert/strict';
import { readTasks } from '../../scripts/lib/task-json/read-tasks.ts';
import { writtenSteps } from '../support/pipeline-steps.ts';
import { repositoryFiles } from '../support/repository-files.ts';

/** Tasks of Azure DevOps itself that our pages may use. */
const builtIn = ['DownloadSecureFile@1', 'PublishTestResults@2', 'PublishPipelineArtifact@1'];

const files = repositoryFiles('examples/**/azure-pipelines*.yml', '*.md', 'docs/**/*.md');
const steps = (await Promise.all(files.map(writtenSteps))).flat();
const tasks = await readTasks('.');
/** The server takes the names of inputs in any case. */
const lowerCase = (name: string): string => name.toLowerCase();
const inputsOf = new Map(
  tasks.map(({ json }) => [
    `${json.name}@${json.version.Major}`,
    json.inputs.flatMap(({ name, aliases = [] }) => [name, ...aliases].map(lowerCase)),
  ]),
);

describe('pipelines in examples and pages', () => {
  it('use each of our tasks', () => {
    const used = new Set(steps.map(({ task }) => task));
    assert.deepEqual(
      [...inputsOf.keys()].filter((task) => !used.has(task)),
      [],
    );
  });

  it('use no task that is not there', () => {
    const known = [...inputsOf.keys(), ...builtIn];
    const unknown = steps.filter(({ task }) => !known.includes(task));
    assert.deepEqual(
      unknown.map(({ file, task }) => `${file}: ${task}`),
      [],
    );
  });

  it('give only inputs that the task declares', () => {
    const wrong = steps.flatMap(({ file, task, inputs }) =>
      inputs
        .filter((input) => inputsOf.get(task)?.includes(lowerCase(input)) === false)
        .map((input) => `${file}: ${task} has no input "${input}"`),
    );
    assert.deepEqual(wrong, []);
  });
});
