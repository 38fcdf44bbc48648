import { runSource, runUrl } from '../../src/core/job/run-source.ts';
import { parsePlatform } from '../../src/core/platform/platform.ts';
import type { TaskPorts } from '../../src/ports/task-ports.ts';
import { runFacts } from '../../src/workflows/run-facts.ts';
import type { Inputs, Surroundings } from './inputs/surroundings.ts';
import { stepPaths } from './step-paths.ts';

const agentRoots = [
  'Build.Repository.LocalPath',
  'System.DefaultWorkingDirectory',
  'System.ArtifactsDirectory',
];

/** Values of Agent.OSArchitecture. */
const architectures: Readonly<Record<string, string>> = {
  X64: 'amd64',
  ARM64: 'arm64',
  ARM: 'arm',
};

/** What the inputs refer to, from the agent's variables. */
export async function surroundingsOf(
  inputs: Inputs,
  ports: Pick<TaskPorts, 'host' | 'commands' | 'clock'>,
): Promise<Surroundings> {
  const { host } = ports;
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
    machine: parsePlatform(architectures[variable('Agent.OSArchitecture') ?? ''] ?? ''),
    runUrl: runUrl(variable),
    facts: await factsOf(inputs, sourcesFolder, ports),
  };
}

function factsOf(
  inputs: Inputs,
  sourcesFolder: string,
  ports: Pick<TaskPorts, 'host' | 'commands' | 'clock'>,
): ReturnType<typeof runFacts> {
  const { pullRequestCommit, defaultBranch, reproducible } = inputs;
  const lines = [inputs.tags, inputs.flavor, inputs.labels, inputs.annotations].flat();
  const wanted = { pullRequestCommit, defaultBranch, lines, isReproducible: reproducible };
  return runFacts(wanted, sourcesFolder, ports);
}
