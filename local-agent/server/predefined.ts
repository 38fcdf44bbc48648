import { createHash } from 'node:crypto';
import { basename } from 'node:path';
import type { JobVariable } from '../protocol/job-message.ts';
import { derivedGuid } from './derived-guid.ts';
import type { GitFacts } from './git-facts.ts';
import type { PipelineJob } from './pipeline.ts';

/** The facts of one run that predefined variables are made of. */
export interface RunFacts {
  readonly buildId: number;
  readonly startedAt: Date;
  readonly planId: string;
  readonly pipelineFile: string;
  readonly collectionUri: string;
  readonly accessToken: string;
  readonly git: GitFacts;
  readonly debug: boolean;
  /** From the resources file; they win. */
  readonly overrides: ReadonlyMap<string, string>;
}

const PROJECT = 'local';

/** The variables a server sets on every job of a run; the agent adds its own (directories, machine). */
export function predefinedVariables(run: RunFacts, job: PipelineJob | null): JobVariable[] {
  const values = new Map<string, [name: string, value: string]>();
  const all = [
    ...Object.entries({ ...build(run), ...system(run), ...(job ? jobFacts(job) : {}) }),
    ...run.overrides,
  ];
  for (const [name, value] of all) values.set(name.toLowerCase(), [name, value]);
  return [...values.values()].map(([name, value]) => ({
    name,
    value,
    isSecret: name.toLowerCase() === 'system.accesstoken',
    isReadOnly: false,
  }));
}

function build(run: RunFacts): Record<string, string> {
  const { git } = run;
  const branch = overridden(run, 'Build.SourceBranch') ?? git.branch;
  return {
    'Build.BuildId': String(run.buildId),
    'Build.BuildNumber': `${run.startedAt.toISOString().slice(0, 10).replaceAll('-', '')}.1`,
    'Build.BuildUri': `vstfs:///Build/Build/${run.buildId}`,
    'Build.ContainerId': String(run.buildId),
    'Build.DefinitionName': basename(run.pipelineFile).replace(/\.ya?ml$/, ''),
    'Build.QueuedBy': 'local agent',
    'Build.Reason': 'Manual',
    'Build.Repository.Id': derivedGuid('repository', git.uri),
    'Build.Repository.Name': git.name,
    'Build.Repository.Provider': 'Git',
    'Build.Repository.Uri': git.uri,
    'Build.RequestedFor': 'local agent',
    'Build.SourceBranch': branch,
    'Build.SourceBranchName': branch.split('/').at(-1) ?? branch,
    'Build.SourceVersion': git.commit,
    'Build.SourceVersionAuthor': defuse(git.author),
    'Build.SourceVersionMessage': defuse(git.message),
    'Pipeline.Repository.Name': git.name,
  };
}

function system(run: RunFacts): Record<string, string> {
  return {
    'agent.readOnlyVariables': 'true',
    'System.AccessToken': run.accessToken,
    'System.CollectionId': derivedGuid('collection', PROJECT),
    'System.CollectionUri': run.collectionUri,
    'System.Culture': 'en-US',
    ...(run.debug ? { 'System.Debug': 'true' } : {}),
    'System.DefinitionId': String(definitionId(run.pipelineFile)),
    'System.HostType': 'build',
    'System.IsScheduled': 'False',
    'System.PlanId': run.planId,
    'System.PullRequest.IsFork': 'False',
    'System.ServerType': 'Hosted',
    'System.TeamFoundationCollectionUri': run.collectionUri,
    'System.TeamFoundationServerUri': run.collectionUri,
    'System.TeamProject': PROJECT,
    'System.TeamProjectId': derivedGuid('project', PROJECT),
  };
}

function jobFacts(job: PipelineJob): Record<string, string> {
  return {
    'System.JobAttempt': '1',
    'System.JobDisplayName': job.displayName,
    'System.JobId': derivedGuid('job', job.name),
    'System.JobName': job.name,
    'System.PhaseAttempt': '1',
    'System.PhaseDisplayName': job.displayName,
    'System.PhaseName': job.name,
    'System.StageAttempt': '1',
    'System.StageDisplayName': '__default',
    'System.StageName': '__default',
  };
}

function overridden({ overrides }: RunFacts, name: string): string | undefined {
  return [...overrides].find(([key]) => key.toLowerCase() === name.toLowerCase())?.[1];
}

/** The server rewrites commands in texts that strangers can choose (AW/WorkerUtilties.cs). */
function defuse(text: string): string {
  return text.replaceAll('##vso', '**vso');
}

/** A number that stays the same for a pipeline file on this machine. */
function definitionId(file: string): number {
  return (createHash('sha256').update(file).digest().readUInt32BE() % 99_999) + 1;
}
