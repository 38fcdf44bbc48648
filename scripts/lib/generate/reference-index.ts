import { format } from 'prettier';
import type { Task } from '../task-json/read-tasks.ts';

/** The list of all tasks in Markdown. */
export function referenceIndex(tasks: readonly Task[]): Promise<string> {
  const rows = tasks.map(
    ({ name, json }) =>
      `| [${name}@${json.version.Major}](${name}.md) | ${json.description} | ${json.inputs.length} |`,
  );
  const page = [
    '<!-- Made from the task.json files by `npm run generate`: edit those instead. -->',
    '# Tasks',
    '',
    '| Task | What it does | Inputs |',
    '|---|---|---|',
    ...rows,
  ];
  return format(page.join('\n'), { parser: 'markdown', printWidth: 100 });
}
