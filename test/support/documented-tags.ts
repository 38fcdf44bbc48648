import { type Variables, branchRun, gitTagRun, runs } from './tag-runs.ts';

/** A row of the tables in docker/metadata-action's README, in the terms of Azure Pipelines. */
export interface DocumentedTags {
  readonly run: Variables;
  readonly rules: readonly string[];
  /** Without the image's name, in order. */
  readonly tags: readonly string[];
}

const defaults = [
  'type=schedule',
  'type=ref,event=branch',
  'type=ref,event=tag',
  'type=ref,event=pr',
];
const semver = [
  ...['type=ref,event=branch', 'type=ref,event=pr'],
  ...['type=semver,pattern={{version}}', 'type=semver,pattern={{major}}.{{minor}}'],
];

function row(run: Variables, rules: readonly string[], ...tags: readonly string[]): DocumentedTags {
  return { run, rules, tags };
}

/** A rule alone over a git tag, whose `latest` the documentation leaves out. */
function ofGitTag(tag: string, rule: string, made: string, isLatest = true): DocumentedTags {
  return row(gitTagRun(tag), [rule], made, ...(isLatest ? ['latest'] : []));
}

const usage = [
  row(runs.pullRequest, defaults, 'pr-2'),
  row(branchRun('master'), defaults, 'master'),
  row(branchRun('releases/v1'), defaults, 'releases-v1'),
  row(gitTagRun('v1.2.3'), defaults, 'v1.2.3', 'latest'),
  row(gitTagRun('v2.0.8-beta.67'), defaults, 'v2.0.8-beta.67', 'latest'),
  row(runs.manual, defaults, 'master'),
  row(runs.pullRequest, semver, 'pr-2'),
  row(branchRun('master'), semver, 'master'),
  row(branchRun('releases/v1'), semver, 'releases-v1'),
  row(gitTagRun('v1.2.3'), semver, '1.2.3', '1.2', 'latest'),
  row(gitTagRun('v2.0.8-beta.67'), semver, '2.0.8-beta.67'),
  row(gitTagRun('v1.2.3'), [...semver, 'type=sha'], '1.2.3', '1.2', 'sha-860c190', 'latest'),
];

const schedule = [
  row(runs.scheduled, ['type=schedule'], 'nightly'),
  row(runs.scheduled, ['type=schedule,pattern=nightly'], 'nightly'),
  row(runs.scheduled, ["type=schedule,pattern={{date 'YYYYMMDD'}}"], '20200110'),
  row(
    runs.scheduled,
    ["type=schedule,pattern={{date 'YYYYMMDD-HHmmss' tz='Asia/Tokyo'}}"],
    '20200110-093000',
  ),
];

const versions = [
  ofGitTag('v1.2.3', 'type=semver,pattern={{raw}}', 'v1.2.3'),
  ofGitTag('v1.2.3', 'type=semver,pattern={{version}}', '1.2.3'),
  ofGitTag('v1.2.3', 'type=semver,pattern={{major}}.{{minor}}', '1.2'),
  ofGitTag('v1.2.3', 'type=semver,pattern=v{{major}}', 'v1'),
  ofGitTag('v1.2.3', 'type=semver,pattern={{minor}}', '2'),
  ofGitTag('v1.2.3', 'type=semver,pattern={{patch}}', '3'),
  ofGitTag('v2.0.8-beta.67', 'type=semver,pattern={{raw}}', 'v2.0.8-beta.67', false),
  ofGitTag('v2.0.8-beta.67', 'type=semver,pattern={{version}}', '2.0.8-beta.67', false),
  ofGitTag('v2.0.8-beta.67', 'type=semver,pattern={{major}}.{{minor}}', '2.0.8-beta.67', false),
  row(branchRun('main'), ['type=semver,pattern={{version}},value=v1.0.0'], '1.0.0', 'latest'),
  ofGitTag('1.2.3', 'type=pep440,pattern={{raw}}', '1.2.3'),
  ofGitTag('1.2.3', 'type=pep440,pattern={{version}}', '1.2.3'),
  ofGitTag('v1.2.3', 'type=pep440,pattern={{version}}', '1.2.3'),
  ofGitTag('1.2.3', 'type=pep440,pattern={{major}}.{{minor}}', '1.2'),
  ofGitTag('1.2.3', 'type=pep440,pattern=v{{major}}', 'v1'),
  ofGitTag('v1.2.3rc2', 'type=pep440,pattern={{raw}}', 'v1.2.3rc2', false),
  ofGitTag('1.2.3rc2', 'type=pep440,pattern={{version}}', '1.2.3rc2', false),
  ofGitTag('1.2.3rc2', 'type=pep440,pattern={{major}}.{{minor}}', '1.2.3rc2', false),
  ofGitTag('1.2.3post1', 'type=pep440,pattern={{major}}.{{minor}}', '1.2.3.post1', false),
  ofGitTag('1.2.3beta2', 'type=pep440,pattern={{major}}.{{minor}}', '1.2.3b2', false),
  ofGitTag('1.0dev4', 'type=pep440,pattern={{major}}.{{minor}}', '1.0.dev4', false),
  row(branchRun('main'), ['type=pep440,pattern={{version}},value=1.0.0'], '1.0.0', 'latest'),
];

const matches = [
  ofGitTag('v1.2.3', String.raw`type=match,pattern=\d.\d.\d`, '1.2.3'),
  ofGitTag('v2.0.8-beta.67', 'type=match,pattern=v(.*),group=1', '2.0.8-beta.67'),
  ofGitTag('v2.0.8-beta.67', String.raw`type=match,pattern=v(\d.\d),group=1`, '2.0'),
  ofGitTag('20200110-RC2', String.raw`type=match,pattern=\d+`, '20200110'),
  ofGitTag('p1/v1.2.3', String.raw`type=match,pattern=p1/v(\d.\d.\d),group=1`, '1.2.3'),
  row(branchRun('main'), ['type=match,pattern=v(.*),group=1,value=v1.0.0'], '1.0.0', 'latest'),
];

const refs = [
  row(runs.pullRequest, ['type=ref,event=pr'], 'pr-2'),
  row(branchRun('my/branch'), ['type=ref,event=branch'], 'my-branch'),
  row(gitTagRun('v1.2.3'), ['type=ref,event=tag'], 'v1.2.3', 'latest'),
  row(branchRun('master'), ['type=edge'], 'edge'),
  row(branchRun('main'), ['type=edge,branch=main'], 'edge'),
  row(branchRun('main'), ['type=edge'], ...[]),
];

const rawAndSha = [
  row(branchRun('main'), ['type=raw,value=foo', 'type=raw,value=bar'], 'foo', 'bar'),
  row(branchRun('main'), ['type=raw,foo', 'type=raw,bar'], 'foo', 'bar'),
  row(branchRun('main'), ['foo', 'bar'], 'foo', 'bar'),
  row(branchRun('main'), ['type=sha'], 'sha-860c190'),
  row(branchRun('main'), ['type=sha,format=long'], 'sha-860c1904a1ce19322e91ac35af1ab07466440c37'),
  row(
    { ...branchRun('main'), DOCKER_METADATA_SHORT_SHA_LENGTH: '12' },
    ['type=sha'],
    'sha-860c1904a1ce',
  ),
  row(branchRun('my/branch'), ['type=sha,prefix={{branch}}-'], 'my-branch-860c190'),
  row(branchRun('master'), ['type=raw,value=mytag-{{branch}}-{{sha}}'], 'mytag-master-860c190'),
];

const expressions = [
  row(branchRun('master'), ['type=raw,value=latest,enable={{is_default_branch}}'], 'latest'),
  row(branchRun('dev'), ['type=raw,value=latest,enable={{is_default_branch}}'], ...[]),
  row(gitTagRun('v1.2.3'), ['type=raw,value=is-{{tag}}'], 'is-v1.2.3'),
  row(runs.pullRequest, ['type=raw,value={{base_ref}}'], 'master'),
  row(branchRun('master'), ['type=raw,value={{base_ref}}'], ...[]),
  row(branchRun('master'), ["type=raw,value={{date 'YYYYMMDD'}}"], '20200110'),
  row(
    branchRun('master'),
    ["type=raw,value={{date 'dddd, MMMM Do YYYY, h:mm:ss a' tz='America/New_York'}}"],
    'Thursday-January-9th-2020-7-30-00-pm',
  ),
  row(
    branchRun('master'),
    ["type=raw,value={{commit_date 'YYYYMMDD-HHmmss' tz='Asia/Tokyo'}}"],
    '20200110-093000',
  ),
  row(
    gitTagRun('v0.1.2'),
    [
      ...['type=semver,pattern={{version}}', 'type=semver,pattern={{major}}.{{minor}}'],
      // What ${{ not(startsWith(variables['Build.SourceBranch'], 'refs/tags/v0.')) }} becomes.
      'type=semver,pattern={{major}},enable=False',
    ],
    ...['0.1.2', '0.1', 'latest'],
  ),
];

export const documentedTags: readonly DocumentedTags[] = [
  ...[...usage, ...schedule, ...versions, ...matches],
  ...[...refs, ...rawAndSha, ...expressions],
];
