import { fullBranch } from '../../job/run-source.ts';

/** What tags and labels are made from. */
export interface TagFacts {
  /** e.g. refs/heads/main, refs/tags/v1.2.3 or refs/pull/7/merge; '' in a release without sources. */
  readonly ref: string;
  /** '' when no commit is known. */
  readonly sha: string;
  readonly shortShaLength: number;
  readonly isScheduled: boolean;
  /** Where a pull request wants to go, without refs/heads/; '' in other runs. */
  readonly baseBranch: string;
  /** Without refs/heads/; undefined when nobody asked or nobody knows. */
  readonly defaultBranch?: string;
  readonly nowMs: number;
  /** Of the commit; undefined when nobody asked or nobody knows. */
  readonly commitMs?: number;
}

/** Which commit a run of a pull request is called by: the merge that is built, or the author's own last one. */
export type PullRequestCommit = 'merge' | 'source';

/** The facts that the agent's variables tell (agent contract, section 8). */
export function tagFacts(
  variable: (name: string) => string | undefined,
  commit: PullRequestCommit,
  nowMs: number,
): TagFacts {
  const text = (name: string): string => variable(name) ?? '';
  const source = commit === 'source' ? text('System.PullRequest.SourceCommitId') : '';
  const target = text('System.PullRequest.TargetBranch');
  const reason = variable('Build.Reason') ?? text('Release.Reason');
  return {
    ref: text('Build.SourceBranch'),
    sha: source === '' ? text('Build.SourceVersion') : source,
    shortShaLength: lengthOf(text('DOCKER_METADATA_SHORT_SHA_LENGTH')),
    isScheduled: reason.toLowerCase() === 'schedule',
    baseBranch: target === '' ? '' : fullBranch(target).replace(/^refs\/heads\//, ''),
    nowMs,
  };
}

/** metadata-action's own setting, of the same name. */
function lengthOf(text: string): number {
  const length = Number(text);
  return text !== '' && Number.isInteger(length) && length > 0 ? length : 7;
}
