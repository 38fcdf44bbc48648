import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import * as v from 'valibot';
import { type Problem, UserError } from '../../../src/core/errors.ts';
import { type Parsed, parsed, rejected } from '../../../src/core/parsed.ts';
import { type TaskJson, taskJsonSchema } from './task-json.ts';

export interface Task {
  /** The folder's name below `tasks/`, which is also the task's name in YAML. */
  readonly name: string;
  /** Relative to the repository, such as `tasks/PodmanServices`. */
  readonly folder: string;
  readonly json: TaskJson;
}

/**
 * Every task of the repository, sorted by name: a folder below `tasks/` with a task.json.
 * @throws UserError with the problems of all task.json files.
 */
export async function readTasks(root: string): Promise<readonly Task[]> {
  const tasks: Task[] = [];
  const problems: Problem[] = [];
  for (const name of await taskNames(root)) {
    const folder = `tasks/${name}`;
    const text = await readFile(join(root, folder, 'task.json'), 'utf8');
    const read = parseTaskJson(text, `${folder}/task.json`);
    if (read.ok) tasks.push({ name, folder, json: read.value });
    else problems.push(...read.problems);
  }
  if (problems.length > 0) throw new UserError(problems);
  return tasks;
}

async function taskNames(root: string): Promise<readonly string[]> {
  const found = await readdir(join(root, 'tasks'), { recursive: true });
  return found.flatMap((path) => /^([^/]+)\/task\.json$/.exec(path)?.[1] ?? []).sort();
}

/** The text of one task.json by our schema; `path` names it in problems, which come all at once. */
export function parseTaskJson(text: string, path: string): Parsed<TaskJson> {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    const what = `Not JSON: ${error instanceof Error ? error.message : String(error)}.`;
    return rejected({ where: path, what, change: 'Mend it.' });
  }
  const result = v.safeParse(taskJsonSchema, json);
  if (result.success) return parsed(result.output);
  return rejected(...result.issues.map((issue) => describe(issue, path)));
}

function describe(issue: v.BaseIssue<unknown>, path: string): Problem {
  const key = v.getDotPath(issue);
  return {
    where: key === null ? path : `${path} ${key}`,
    what: `${issue.message.replace(/\.?$/, '.')} Found ${issue.received}.`,
    change: 'The schema is scripts/lib/task-json/task-json.ts.',
  };
}
