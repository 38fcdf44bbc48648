import { homedir } from 'node:os';
import { isAbsolute, join } from 'node:path';

/**
 * Where tools and images are kept between runs: `$XDG_CACHE_HOME/daemonless-pipelines`, or below
 * `~/.cache`. A relative XDG_CACHE_HOME is ignored (XDG Base Directory Specification).
 */
export function cacheFolder(environment: NodeJS.ProcessEnv = process.env): string {
  const base = environment['XDG_CACHE_HOME'] ?? '';
  return join(isAbsolute(base) ? base : join(homedir(), '.cache'), 'daemonless-pipelines');
}
