import { readTasks } from '../task-json/read-tasks.ts';
import { type TaskBundle, bundleTasks } from './bundle-tasks.ts';

/** Bundles every task of the repository. */
export async function bundleAllTasks(root: string): Promise<readonly TaskBundle[]> {
  const tasks = await readTasks(root);
  return bundleTasks(
    root,
    tasks.map(({ name }) => name),
  );
}
