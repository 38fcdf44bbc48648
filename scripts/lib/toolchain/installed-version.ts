import { execa } from 'execa';
import type { Tool } from './tool.ts';

const limit = 10_000;

/**
 * The version a binary of this tool prints, with a leading `v`, such as `v0.32.2`; or undefined when it
 * does not run, takes over 10 s, or prints none.
 */
export async function installedVersion(tool: Tool, path: string): Promise<string | undefined> {
  const result = await execa(path, tool.versionArguments, { reject: false, timeout: limit });
  if (result.exitCode !== 0) return undefined;
  const version = /(?:^|\s)v?(\d+\.\d+\.\d+\S*)/.exec(result.stdout)?.[1];
  return version === undefined ? undefined : `v${version}`;
}
