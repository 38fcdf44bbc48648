import { type TaskBundle, bundleTasks } from '../../scripts/lib/build/bundle-tasks.ts';
import { readTasks } from '../../scripts/lib/task-json/read-tasks.ts';

let built: Promise<readonly TaskBundle[]> | undefined;

/** The bundles of all tasks, made of the current sources once per run of mocha. */
export function builtTasks(): Promise<readonly TaskBundle[]> {
  built ??= readTasks('.').then((tasks) =>
    bundleTasks(
      process.cwd(),
      tasks.map(({ name }) => name),
    ),
  );
  return built;
}
