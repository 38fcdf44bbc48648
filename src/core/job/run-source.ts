/** What this run builds, and how far its author is trusted (agent contract, section 8). */
export interface RunSource {
  /** e.g. https://dev.azure.com/shop/. */
  readonly collection: string;
  readonly project: string;
  readonly repository: string;
  /** e.g. refs/heads/main, refs/tags/v1 or refs/pull/7/merge; '' in a release without sources. */
  readonly ref: string;
  /** Where a pull request wants to go, as a full ref. */
  readonly targetRef?: string;
  /** A pull request from somebody else's copy: its code must not reach what others build from. */
  readonly isFork: boolean;
  /** The address of that copy; absent where it is not told. */
  readonly fork?: string;
}

export function runSource(variable: (name: string) => string | undefined): RunSource {
  const text = (name: string): string => variable(name) ?? '';
  const target = text('System.PullRequest.TargetBranch');
  const fork = text('System.PullRequest.SourceRepositoryURI');
  const isFork = text('System.PullRequest.IsFork').toLowerCase() === 'true';
  return {
    collection: text('System.CollectionUri'),
    project: text('System.TeamProject'),
    repository: text('Build.Repository.Name'),
    ref: text('Build.SourceBranch'),
    ...(target === '' ? {} : { targetRef: fullBranch(target) }),
    isFork,
    ...(isFork && fork !== '' ? { fork } : {}),
  };
}

/** GitHub's targets come as `main`, Azure Repos' as `refs/heads/main`. */
export function fullBranch(name: string): string {
  return name.startsWith('refs/') ? name : `refs/heads/${name}`;
}

/** Where people see this run; undefined outside Azure Pipelines. */
export function runUrl(variable: (name: string) => string | undefined): string | undefined {
  const release = variable('Release.ReleaseWebURL');
  if (release !== undefined) return release;
  const [collection, project, build] = [
    variable('System.CollectionUri'),
    variable('System.TeamProject'),
    variable('Build.BuildId'),
  ];
  if (collection === undefined || project === undefined || build === undefined) return undefined;
  return `${collection}${encodeURIComponent(project)}/_build/results?buildId=${build}`;
}
