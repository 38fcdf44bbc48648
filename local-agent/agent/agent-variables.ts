import { arch, hostname, type } from 'node:os';
import type { JobMessage, JobVariable } from '../protocol/job-message.ts';
import type { Directories } from './directories.ts';

/** The version this agent is like; tasks ask for a least one. */
const AGENT_VERSION = '4.265.1';

const ARCHITECTURES: Readonly<Record<string, string>> = {
  x64: 'X64',
  arm64: 'ARM64',
  arm: 'ARM',
  ia32: 'X86',
};

/** The variables the agent itself sets on a job (AW/JobRunner.cs, AW/JobExtension.cs, AW/Build/BuildJobExtension.cs). */
export function agentVariables(
  message: JobMessage,
  directories: Directories,
  lookupId: string,
): JobVariable[] {
  const values: Record<string, string> = {
    ...machine(message),
    ...folders(directories),
    'Build.Repository.LocalPath': directories.sources,
    GIT_TERMINAL_PROMPT: '0',
    VSTS_PROCESS_LOOKUP_ID: lookupId,
  };
  return Object.entries(values).map(([name, value]) => ({
    name,
    value,
    isSecret: false,
    isReadOnly: false,
  }));
}

function machine({ jobName, displayName }: JobMessage): Record<string, string> {
  return {
    'Agent.Id': '1',
    'Agent.IsSelfHosted': '1',
    'Agent.JobName': displayName || jobName,
    'agent.jobstatus': 'Succeeded',
    'Agent.MachineName': hostname(),
    'Agent.Name': 'local-agent',
    'Agent.OS': type(),
    'Agent.OSArchitecture': ARCHITECTURES[arch()] ?? 'X64',
    'Agent.Version': AGENT_VERSION,
  };
}

function folders(directories: Directories): Record<string, string> {
  const { work, temp, tools, workspace, sources, artifacts, binaries, testResults } = directories;
  return {
    'Agent.BuildDirectory': workspace,
    'Agent.HomeDirectory': work,
    'Agent.RootDirectory': work,
    'Agent.TempDirectory': temp,
    'Agent.ToolsDirectory': tools,
    'Agent.WorkFolder': work,
    'Build.ArtifactStagingDirectory': artifacts,
    'Build.BinariesDirectory': binaries,
    'Build.SourcesDirectory': sources,
    'Build.StagingDirectory': artifacts,
    'Common.TestResultsDirectory': testResults,
    'Pipeline.Workspace': workspace,
    'System.ArtifactsDirectory': artifacts,
    'System.DefaultWorkingDirectory': sources,
    'System.WorkFolder': work,
  };
}
