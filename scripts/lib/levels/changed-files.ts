import { execa } from 'execa';

const limit = 20_000;

/** Where this branch left the main line, or on the main line itself the commit before; undefined without git's history. */
export async function earlierCommit(): Promise<string | undefined> {
  const head = await git('rev-parse', '--short', 'HEAD');
  for (const main of ['origin/main', 'main']) {
    const base = await git('merge-base', 'HEAD', main);
    if (base === undefined) continue;
    const short = await git('rev-parse', '--short', base);
    if (short !== head) return short;
  }
  return git('rev-parse', '--short', '--verify', '--quiet', 'HEAD~');
}

/** Files below the folders that differ from that commit, with what is not committed yet. */
export async function changedSince(
  commit: string,
  folders: readonly string[],
): Promise<readonly string[]> {
  const text = await git('diff', '--name-only', commit, '--', ...folders);
  return (text ?? '').split('\n').filter(Boolean);
}

async function git(...args: string[]): Promise<string | undefined> {
  const { exitCode, stdout } = await execa('git', args, { reject: false, timeout: limit });
  return exitCode === 0 ? stdout : undefined;
}
