import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Log } from '../progress.ts';
import { architectures } from './architecture.ts';
import { provideTool } from './provide-tool.ts';
import { isReachable } from './reachable.ts';
import type { Tool } from './tool.ts';

/** Provides tools of the toolchain, one after another; whatever is there already costs nothing. */
export async function provideTools(tools: readonly Tool[], cache: string, log: Log): Promise<void> {
  let reachable: Promise<boolean> | undefined;
  const sources = {
    cache,
    architecture: architectures().native,
    path: process.env['PATH'] ?? '',
    releasesReachable: () => (reachable ??= isReachable('https://github.com')),
    log,
  };
  for (const tool of tools) await provideTool(tool, sources);
  await rm(join(cache, 'downloads'), { recursive: true, force: true });
}
