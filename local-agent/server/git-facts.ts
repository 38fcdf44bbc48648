import { basename } from 'node:path';
import { execa } from 'execa';

/** What a checkout of the repository would tell the server. */
export interface GitFacts {
  readonly name: string;
  readonly uri: string;
  readonly branch: string;
  readonly commit: string;
  readonly message: string;
  readonly author: string;
}

/** Git's own sign for "no commit". */
const NO_COMMIT = '0'.repeat(40);

/** Asks git about `folder`. Outside a repository the answer names the folder, no commit, and the branch main. */
export async function readGitFacts(folder: string): Promise<GitFacts> {
  const [branch, commit, log, remote] = await Promise.all([
    git(folder, ['symbolic-ref', '--quiet', 'HEAD']),
    git(folder, ['rev-parse', '--verify', '--quiet', 'HEAD']),
    git(folder, ['log', '-1', '--format=%s%n%an']),
    git(folder, ['remote', 'get-url', 'origin']),
  ]);
  const [message = '', author = ''] = log.split('\n');
  return {
    name: basename(folder),
    uri: withoutUserInfo(remote) || `file://${folder}`,
    branch: branch || 'refs/heads/main',
    commit: commit || NO_COMMIT,
    message,
    author,
  };
}

async function git(folder: string, args: string[]): Promise<string> {
  const { stdout, failed } = await execa('git', ['-C', folder, ...args], {
    reject: false,
    stdin: 'ignore',
  });
  return failed ? '' : stdout;
}

/** A token in a remote's URL must not become a public variable. */
function withoutUserInfo(uri: string): string {
  return uri.replace(/^([a-z+]+:\/\/)[^/@]*@/i, '$1');
}
