import { succeeded } from '../../src/core/command-failure.ts';
import { runSource, runUrl } from '../../src/core/job/run-source.ts';
import type { TaskPorts } from '../../src/ports/task-ports.ts';
import type { Inputs, Surroundings } from './inputs/surroundings.ts';
import { stepPaths } from './step-paths.ts';

const agentRoots = [
  'Build.Repository.LocalPath',
  'System.DefaultWorkingDirectory',
  'System.ArtifactsDirectory',
];

const gitLimitMs = 10_000;

/** What the inputs refer to, from the agent's variables. */
export async function surroundingsOf(
  { reproducible }: Pick<Inputs, 'reproducible'>,
  { host, commands }: Pick<TaskPorts, 'host' | 'commands'>,
): Promise<Surroundings> {
  const variable = (name: string): string | undefined => host.variable(name);
  const sources = variable('Build.SourcesDirectory') ?? variable('System.DefaultWorkingDirectory');
  const sourcesFolder = sources ?? '/';
  return {
    variable,
    environment: (name) => host.environment(name),
    holdsSecret: (text) => host.redact(text) !== text,
    sourcesFolder,
    secureFilesFolder: host.tempDirectory,
    rootFolders: agentRoots.flatMap((name) => variable(name) ?? []),
    inlineDockerfile: stepPaths(host).inlineDockerfile,
    defaultBuilder: variable('BUILDX_BUILDER'),
    source: runSource(variable),
    runUrl: runUrl(variable),
    commitSeconds: reproducible ? await commitSeconds(sourcesFolder, commands) : undefined,
  };
}

async function commitSeconds(
  folder: string,
  commands: TaskPorts['commands'],
): Promise<number | undefined> {
  const args = ['show', '--no-patch', '--format=%ct', 'HEAD'];
  const result = await commands.run({ file: 'git', args, cwd: folder, timeoutMs: gitLimitMs });
  const seconds = Number(result.stdout.trim());
  return succeeded(result) && Number.isInteger(seconds) && seconds > 0 ? seconds : undefined;
}
