import { access } from 'node:fs/promises';
import { join } from 'node:path';
import { UserError } from '../../../src/core/errors.ts';
import { type Bundle, bundleEntries } from './bundle-entries.ts';

export interface TaskBundle extends Bundle {
  /** The task's name, such as `PodmanServices`. */
  readonly task: string;
  /** Relative to the repository, such as `tasks/PodmanServices/dist`. */
  readonly folder: string;
}

/**
 * Bundles `main.ts` and, where there is one, `cleanup.ts` of each task into its `dist` folder: main.cjs and
 * cleanup.cjs, which load at once, and what they import dynamically, which loads when it is needed.
 * Nothing is resolved from npm at run time.
 */
export async function bundleTasks(
  root: string,
  tasks: readonly string[],
): Promise<readonly TaskBundle[]> {
  return Promise.all(
    tasks.map(async (task) => {
      const folder = `tasks/${task}/dist`;
      return { task, folder, ...(await bundleEntries(root, await entriesOf(root, task), folder)) };
    }),
  );
}

/** The sources by the name of the file each goes into. */
async function entriesOf(root: string, task: string): Promise<Readonly<Record<string, string>>> {
  const main = `tasks/${task}/main.ts`;
  const cleanup = `tasks/${task}/cleanup.ts`;
  if (!(await exists(join(root, main)))) {
    const change = 'A task starts there: see `npm run new-task`.';
    throw new UserError([{ where: main, what: 'It is missing.', change }]);
  }
  return (await exists(join(root, cleanup))) ? { main, cleanup } : { main };
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
