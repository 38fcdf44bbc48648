import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { UserError } from '../../../src/core/errors.ts';
import { cacheFolder } from './cache-folder.ts';
import type { Tool, ToolName } from './tool.ts';
import { demoTools, sourceDigest, toolNamed, toolVersion } from './tools.ts';

/**
 * Where set-up puts a tool (or a link to the one on PATH): `bin/<tool>-<version>/<tool>` in the cache. A
 * program of our own has its source's digest behind the version.
 */
export function cachedToolPath(tool: Tool, cache: string = cacheFolder()): string {
  return join(
    cache,
    'bin',
    [tool.name, toolVersion(tool), ...sourceDigest(tool)].join('-'),
    tool.name,
  );
}

/**
 * The absolute path of a tool at its pinned version.
 * @throws UserError when set-up has not provided it yet.
 */
export function toolPath(name: ToolName): string {
  const tool = toolNamed(name);
  const path = cachedToolPath(tool);
  if (existsSync(path)) return path;
  const what = `${name} ${toolVersion(tool)} was expected at ${path} but is not there.`;
  throw new UserError([{ what, change: 'Run scripts/setup once.' }]);
}

/** The folders of the tools that builds use, for the front of a PATH. */
export function toolFolders(): string[] {
  return demoTools.map((tool) => dirname(toolPath(tool.name)));
}
