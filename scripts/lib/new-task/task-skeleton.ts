import type { TaskJson } from '../task-json/task-json.ts';
import { taskVersion } from '../version/task-version.ts';

export interface NewFile {
  /** Relative to the repository. */
  readonly path: string;
  readonly content: string;
}

/**
 * The files of a new task that a person then fills: task.json with the one input all tasks have, a drawing,
 * a workflow, its composition root, and a specification that fails until somebody writes the first rule.
 * @param name PascalCase, such as `ImageReport`
 * @param id a fresh GUID
 * @param version of the extension, such as `0.1.0`
 */
export function taskSkeleton(name: string, id: string, version: string): readonly NewFile[] {
  const workflow = name.charAt(0).toLowerCase() + name.slice(1);
  const file = name.replace(/(?<=[a-z0-9])(?=[A-Z])/g, '-').toLowerCase();
  const folder = `tasks/${name}`;
  return [
    {
      path: `${folder}/task.json`,
      content: `${JSON.stringify(taskJson(name, id, version), null, 2)}\n`,
    },
    { path: `${folder}/icon.svg`, content: icon },
    { path: `${folder}/main.ts`, content: main(workflow, file) },
    { path: `${folder}/${file}.ts`, content: workflowFile(workflow) },
    { path: `test/unit/${folder}/${file}.test.ts`, content: specification(name) },
  ];
}

const repository = 'https://github.com/daemonless-pipelines/daemonless-pipelines';

function taskJson(name: string, id: string, version: string): TaskJson {
  const words = name.replace(/(?<=[a-z0-9])(?=[A-Z])/g, ' ');
  return {
    id,
    name,
    friendlyName: words,
    description: 'What it does, in one sentence.',
    helpUrl: `${repository}/blob/main/docs/reference/${name}.md`,
    helpMarkDown: 'What a user should know before the first run.',
    author: 'Daemonless Pipelines',
    category: 'Azure Pipelines',
    visibility: ['Build', 'Release'],
    runsOn: ['Agent', 'DeploymentGroup'],
    showEnvironmentVariables: true,
    version: taskVersion(1, version) ?? { Major: 1, Minor: 0, Patch: 0 },
    minimumAgentVersion: '3.232.1',
    instanceNameFormat: words,
    groups: [{ name: 'advanced', displayName: 'Advanced', isExpanded: false }],
    inputs: [dryRun],
    outputVariables: [],
    restrictions: { settableVariables: { allowed: [] } },
    execution: { Node20_1: { target: 'dist/main.cjs' }, Node24: { target: 'dist/main.cjs' } },
  };
}

const dryRun: TaskJson['inputs'][number] = {
  name: 'dryRun',
  type: 'boolean',
  label: 'Dry run',
  defaultValue: 'false',
  groupName: 'advanced',
  helpMarkDown: 'Prints what would be done and changes nothing.',
};

const icon = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32">
  <title>What the task does, without text</title>
  <rect width="32" height="32" rx="6" fill="#5c5c66"/>
  <circle cx="16" cy="16" r="6" fill="none" stroke="#fff" stroke-width="2"/>
</svg>
`;

function main(workflow: string, file: string): string {
  return `import { runTask } from '../../src/io/pipeline/run-task.ts';
import { taskInputs } from './inputs.generated.ts';

runTask(taskInputs, async (inputs, ports) => {
  const { ${workflow} } = await import('./${file}.ts');
  await ${workflow}(inputs, ports);
});
`;
}

function workflowFile(workflow: string): string {
  return `import type { InputValues } from '../../src/core/task/input-spec.ts';
import type { TaskPorts } from '../../src/ports/task-ports.ts';
import type { taskInputs } from './inputs.generated.ts';

/** What it does, and which errors it ends in. */
export function ${workflow}(
  { dryRun }: InputValues<typeof taskInputs>,
  { host }: TaskPorts,
): Promise<void> {
  host.info(dryRun ? 'Would do nothing yet.' : 'Does nothing yet.');
  return Promise.resolve();
}
`;
}

function specification(name: string): string {
  return `import assert from 'node:assert/strict';

describe('${name}', () => {
  it('follows its first rule', () => {
    assert.fail('Write the first rule of ${name} here, then the code.');
  });
});
`;
}
