import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Playground, PlaygroundOptions } from '../../scripts/lib/playground/options.ts';
import { startPlayground } from '../../scripts/lib/playground/start-playground.ts';
import { builtTasks } from './built-tasks.ts';

/** Where the jobs of one test file run; set up by `before`, removed by `after`. */
export interface Ground {
  /** For whatever the tests write. */
  readonly folder: string;
  readonly playground: Playground;
  readonly remove: () => Promise<void>;
}

/** The bundled tasks, and a playground in a folder of its own. */
export async function startGround(parts: Omit<PlaygroundOptions, 'stateDir'>): Promise<Ground> {
  await builtTasks();
  const folder = await mkdtemp(join(tmpdir(), 'ground-'));
  const playground = await startPlayground({ ...parts, stateDir: join(folder, 'playground') });
  const remove = async (): Promise<void> => {
    await playground.stop();
    await rm(folder, { recursive: true, force: true });
  };
  return { folder, playground, remove };
}
