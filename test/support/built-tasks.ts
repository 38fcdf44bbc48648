import { bundleAllTasks } from '../../scripts/lib/build/bundle-all-tasks.ts';
import type { TaskBundle } from '../../scripts/lib/build/bundle-tasks.ts';

let built: Promise<readonly TaskBundle[]> | undefined;

/** The bundles of all tasks, made of the current sources once per run of mocha. */
export function builtTasks(): Promise<readonly TaskBundle[]> {
  return (built ??= bundleAllTasks(process.cwd()));
}
