import { chmod, copyFile, lstat, mkdir, rename, rm, symlink } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { execa } from 'execa';
import { reportingProgress, type Log } from '../progress.ts';
import type { Architecture } from './architecture.ts';
import { buildWithGo } from './go-build.ts';
import { installedVersion } from './installed-version.ts';
import { download, pinnedDigest } from './release-archive.ts';
import { executablesNamed } from './search-path.ts';
import { cachedToolPath } from './tool-path.ts';
import type { Tool } from './tool.ts';
import { toolVersion } from './tools.ts';

/** What providing a tool needs from its surroundings. */
export interface ToolSources {
  /** Our cache folder. */
  readonly cache: string;
  readonly architecture: Architecture;
  /** The PATH searched for a binary of the very version. */
  readonly path: string;
  /** Whether official releases can be downloaded from here. Asked at most when one is needed. */
  readonly releasesReachable: () => Promise<boolean>;
  /** The digest a release file must have; undefined forbids its download. */
  readonly digest?: typeof pinnedDigest;
  readonly log: Log;
}

/**
 * Makes a tool available at its cached path: a link to the very version on PATH, else what the cache
 * has, else the official release with its pinned digest, else a build with Go. The path appears only
 * when the tool is whole.
 */
export async function provideTool(tool: Tool, sources: ToolSources): Promise<void> {
  const target = cachedToolPath(tool, sources.cache);
  const onPath = await findOnPath(tool, sources);
  if (onPath !== undefined) return link(onPath, target);
  if (await isOwnFile(target)) return;
  await mkdir(dirname(target), { recursive: true });
  const made = `${target}.${process.pid}.new`;
  try {
    if (!(await fromRelease(tool, sources, made))) await fromSource(tool, sources, made);
    await verify(tool, made);
    await rename(made, target);
  } finally {
    await rm(made, { force: true });
  }
}

async function findOnPath(tool: Tool, sources: ToolSources): Promise<string | undefined> {
  const ours = join(sources.cache, 'bin');
  for (const path of executablesNamed(tool.name, sources.path)) {
    if (path.startsWith(ours)) continue;
    if ((await installedVersion(tool, path)) === toolVersion(tool)) return path;
  }
  return undefined;
}

async function link(path: string, target: string): Promise<void> {
  await mkdir(dirname(target), { recursive: true });
  const fresh = `${target}.${process.pid}.new`;
  await rm(fresh, { force: true });
  await symlink(path, fresh);
  await rename(fresh, target);
}

/** True for a file of ours; a link to a version that has since left PATH does not count. */
async function isOwnFile(path: string): Promise<boolean> {
  const found = await lstat(path).catch(() => undefined);
  return found?.isFile() ?? false;
}

async function fromRelease(tool: Tool, sources: ToolSources, made: string): Promise<boolean> {
  const version = toolVersion(tool);
  if (tool.archive === undefined) return false;
  const { file, release, entry } = tool.archive(version, sources.architecture);
  const sha256 = (sources.digest ?? pinnedDigest)(file);
  if (sha256 === undefined || !(await sources.releasesReachable())) return false;
  sources.log(`downloading ${tool.name} ${version}: its official release`);
  const downloading = download(`${release}/${file}`, sha256, join(sources.cache, 'downloads'));
  const result = await reportingProgress(sources.log, `downloading ${file}`, downloading);
  if ('refused' in result) {
    sources.log(`  not used: ${result.refused}`);
    return false;
  }
  await unpack(result.path, entry, made);
  return true;
}

async function unpack(archive: string, entry: string | undefined, made: string): Promise<void> {
  if (entry === undefined) await copyFile(archive, made);
  else await execa('tar', ['-xzf', archive, '-O', entry], { stdout: { file: made } });
  await chmod(made, 0o755);
}

async function fromSource(tool: Tool, sources: ToolSources, made: string): Promise<void> {
  const name = `${tool.name} ${toolVersion(tool)}`;
  sources.log(`building ${name} with Go: ${tool.buildTime} the first time`);
  await reportingProgress(sources.log, `building ${name}`, buildWithGo(tool, made));
}

async function verify(tool: Tool, path: string): Promise<void> {
  const [expected, found] = [toolVersion(tool), await installedVersion(tool, path)];
  if (found === expected) return;
  throw new Error(`${tool.name} was expected to be ${expected}, but says ${found ?? 'nothing'}.`);
}
