import type { TaskInput, TaskJson } from '../../scripts/lib/task-json/task-json.ts';

/** A whole task.json that breaks no rule; tests change one thing of it. */
export const exampleTask: TaskJson = {
  id: '6f1ad1f6-3c86-4b8e-9a3e-55d3ad6f0a51',
  name: 'ExampleTask',
  friendlyName: 'Example',
  description: 'Shows what a task.json holds.',
  helpUrl: 'https://example.org/ExampleTask.md',
  helpMarkDown: 'Nothing to know.',
  author: 'Daemonless Pipelines',
  category: 'Azure Pipelines',
  visibility: ['Build', 'Release'],
  runsOn: ['Agent'],
  version: { Major: 1, Minor: 1, Patch: 0 },
  minimumAgentVersion: '3.232.1',
  instanceNameFormat: 'Example',
  groups: [{ name: 'advanced', displayName: 'Advanced', isExpanded: false }],
  inputs: [
    input('repository', { aliases: ['containerRepository'], required: true }),
    input('load', {
      type: 'pickList',
      options: { none: 'Nowhere', podman: 'Podman' },
      defaultValue: 'none',
    }),
    input('registries', {
      type: 'connectedService:dockerregistry',
      properties: { MultiSelectFlatList: 'True' },
    }),
    input('dryRun', { type: 'boolean', defaultValue: 'false', groupName: 'advanced' }),
  ],
  outputVariables: [{ name: 'digest', description: 'Digest of the image.' }],
  restrictions: { settableVariables: { allowed: ['digest'] } },
  execution: { Node20_1: { target: 'dist/main.cjs' }, Node24: { target: 'dist/main.cjs' } },
};

/** An input with a label and a help text of its name. */
export function input(name: string, rest: Partial<TaskInput> = {}): TaskInput {
  return { name, type: 'string', label: name, helpMarkDown: `What ${name} means.`, ...rest };
}
