import { type TagFacts, tagFacts } from '../../src/core/image/tag-rules/tag-facts.ts';

export type Variables = Readonly<Record<string, string>>;

/** 2020-01-10 00:30:00 UTC, the moment of metadata-action's documented examples. */
export const exampleMs = Date.UTC(2020, 0, 10, 0, 30);

const sha = '860c1904a1ce19322e91ac35af1ab07466440c37';

const onCommit = { 'Build.SourceVersion': sha, 'Build.Reason': 'IndividualCI' };

/** The runs of metadata-action's documentation, as Azure Pipelines tells of them. */
export const runs = {
  pullRequest: {
    ...onCommit,
    'Build.Reason': 'PullRequest',
    'Build.SourceBranch': 'refs/pull/2/merge',
    'System.PullRequest.TargetBranch': 'refs/heads/master',
    'System.PullRequest.SourceCommitId': '90dd6032fac8bda1b6c4436a2e65de27961ed071',
  },
  scheduled: {
    ...onCommit,
    'Build.Reason': 'Schedule',
    'Build.SourceBranch': 'refs/heads/master',
  },
  manual: { ...onCommit, 'Build.Reason': 'Manual', 'Build.SourceBranch': 'refs/heads/master' },
} satisfies Readonly<Record<string, Variables>>;

export function branchRun(name: string): Variables {
  return { ...onCommit, 'Build.SourceBranch': `refs/heads/${name}` };
}

export function gitTagRun(name: string): Variables {
  return { ...onCommit, 'Build.SourceBranch': `refs/tags/${name}` };
}

/** The facts of a run at `exampleMs`, in a repository whose default branch is master. */
export function factsOf(variables: Variables, change: Partial<TagFacts> = {}): TagFacts {
  const facts = tagFacts((name) => variables[name], 'merge', exampleMs);
  return { ...facts, defaultBranch: 'master', ...change };
}
