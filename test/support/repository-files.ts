import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';

/** Every file git knows or would take, relative to the repository; without the ignored ones. */
export function repositoryFiles(...patterns: readonly string[]): readonly string[] {
  const args = ['ls-files', '--cached', '--others', '--exclude-standard', '-z', '--', ...patterns];
  const listed = execFileSync('git', args, { encoding: 'utf8' }).split('\0');
  return listed.filter((path) => path !== '' && existsSync(path));
}
