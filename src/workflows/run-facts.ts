import {
  type PullRequestCommit,
  type TagFacts,
  tagFacts,
} from '../core/image/tag-rules/tag-facts.ts';
import { succeeded } from '../core/command-failure.ts';
import type { TaskPorts } from '../ports/task-ports.ts';

/** What the inputs say that decides which facts are needed. */
export interface FactsWanted {
  readonly pullRequestCommit: PullRequestCommit;
  /** '' or undefined: to be found. */
  readonly defaultBranch: string | undefined;
  /** The lines that may hold rules and expressions. */
  readonly lines: readonly string[];
  /** Times in the image are to be the commit's. */
  readonly isReproducible: boolean;
}

type Ports = Pick<TaskPorts, 'host' | 'commands' | 'clock'>;

const localLimitMs = 10_000;
const remoteLimitMs = 15_000;

/** The facts of this run for tags and labels; git is asked only for what some line needs. */
export async function runFacts(
  { pullRequestCommit, defaultBranch, lines, isReproducible }: FactsWanted,
  folder: string,
  ports: Ports,
): Promise<TagFacts> {
  const text = lines.join('\n');
  const facts = tagFacts((name) => ports.host.variable(name), pullRequestCommit, ports.clock.now());
  const commitMs =
    isReproducible || text.includes('commit_date')
      ? await findCommitTime(facts.sha, folder, ports)
      : undefined;
  const branch = needsDefaultBranch(text)
    ? (defaultBranch ?? (await findDefaultBranch(folder, ports)))
    : defaultBranch;
  return {
    ...facts,
    ...(branch === undefined ? {} : { defaultBranch: branch.replace(/^refs\/heads\//, '') }),
    ...(commitMs === undefined ? {} : { commitMs }),
  };
}

function needsDefaultBranch(text: string): boolean {
  return /is_default_branch|type\s*=\s*edge(?!.*branch\s*=)/.test(text);
}

/** When the commit was made, milliseconds since the epoch; undefined, with a warning, when git does not know it. */
async function findCommitTime(
  sha: string,
  folder: string,
  ports: Ports,
): Promise<number | undefined> {
  // A shallow clone of a pull request has no other commit than the one that is checked out.
  for (const revision of sha === '' ? ['HEAD'] : [sha, 'HEAD']) {
    const answer = await git(['show', '--no-patch', '--format=%ct', revision], folder, ports);
    const seconds = Number(answer ?? Number.NaN);
    if (Number.isInteger(seconds)) return seconds * 1000;
  }
  ports.host.warning(
    `git does not know when commit ${sha} was made, so {{commit_date}} and other times are those of this run. Check the sources out in this job.`,
  );
  return undefined;
}

/** The branch that the remote's HEAD names: as the clone keeps it, else as the remote tells; undefined with a warning. */
async function findDefaultBranch(folder: string, ports: Ports): Promise<string | undefined> {
  const kept = await git(['symbolic-ref', '--short', 'refs/remotes/origin/HEAD'], folder, ports);
  if (kept !== undefined) return kept.replace(/^origin\//, '');
  const told = await git(['ls-remote', '--symref', 'origin', 'HEAD'], folder, ports, remoteLimitMs);
  const branch = /^ref: refs\/heads\/(\S+)\tHEAD$/m.exec(told ?? '')?.[1];
  if (branch === undefined) {
    ports.host.warning(
      'git does not know the default branch here, so "main" is taken for it. Set the input "defaultBranch".',
    );
  }
  return branch ?? 'main';
}

/** What git prints; undefined when it fails, is missing or takes too long. */
async function git(
  args: readonly string[],
  folder: string,
  { commands }: Ports,
  timeoutMs = localLimitMs,
): Promise<string | undefined> {
  const env = { GIT_TERMINAL_PROMPT: '0' };
  const result = await commands.run({ file: 'git', args, cwd: folder, env, timeoutMs });
  const text = result.stdout.trim();
  return succeeded(result) && text !== '' ? text : undefined;
}
