import type { TaskDefinition } from './task-definition.ts';

const LINE = '='.repeat(78);

/** What the agent prints before a task runs (AW/TaskRunner.cs). */
export function banner(definition: TaskDefinition): string[] {
  const rows: readonly (readonly [string, string])[] = [
    ['Task', definition.friendlyName || definition.name],
    ['Description', definition.description],
    ['Version', definition.version],
    ['Author', definition.author],
    ['Help', definition.help],
  ];
  return [LINE, ...rows.map(([name, text]) => `${name.padEnd(12)} : ${text}`), LINE];
}
