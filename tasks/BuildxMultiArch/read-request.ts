import type { BuildSecret } from '../../src/core/buildx/build-request.ts';
import { secretFilesIn } from '../../src/core/buildx/secret-lines.ts';
import { UserError } from '../../src/core/errors.ts';
import { runSource, runUrl } from '../../src/core/job/run-source.ts';
import { problemsOf } from '../../src/core/parsed.ts';
import type { RegistryLogin } from '../../src/core/registry/auth-config.ts';
import type { TaskPorts } from '../../src/ports/task-ports.ts';
import { registryLogins } from '../../src/workflows/registry-login.ts';
import { runFacts } from '../../src/workflows/run-facts.ts';
import { checkFiles } from './check-files.ts';
import { type NamedBuilder, parseInputs } from './inputs.ts';
import { pathsOf } from './inputs/sources.ts';
import type { Inputs, Surroundings } from './inputs/surroundings.ts';

/** A request whose files are there and whose secrets are masked. */
export interface CheckedRequest extends NamedBuilder {
  readonly logins: readonly RegistryLogin[];
}

type Ports = Pick<TaskPorts, 'host' | 'files' | 'commands' | 'clock'>;

/**
 * Reads the inputs, the connections and the files they name.
 * @throws UserError with the problems of all of them
 */
export async function readRequest(inputs: Inputs, ports: Ports): Promise<CheckedRequest> {
  const { host, files } = ports;
  const logins = registryLogins(inputs.registries, host);
  const surroundings = await surroundingsOf(inputs, ports);
  const { sourcesFolder } = surroundings;
  const named = parseInputs(inputs, surroundings);
  const told = problemsOf([named, logins]);
  const fileProblems = await checkFiles(
    pathsOf(inputs, surroundings),
    secretFilesIn(inputs.secrets, sourcesFolder),
    files,
  );
  const isNews = (where: string | undefined): boolean =>
    where === 'secrets' || !told.some((problem) => problem.where === where);
  const problems = [...told, ...fileProblems.filter(({ where }) => isNews(where))];
  if (!named.ok || !logins.ok || problems.length > 0) throw new UserError(problems);
  await maskSecrets(named.value.request.secrets, { host, files });
  return { ...named.value, logins: logins.value };
}

const agentRoots = [
  'Build.Repository.LocalPath',
  'System.DefaultWorkingDirectory',
  'System.ArtifactsDirectory',
];

async function surroundingsOf(inputs: Inputs, ports: Ports): Promise<Surroundings> {
  const { host } = ports;
  const variable = (name: string): string | undefined => host.variable(name);
  const sources = variable('Build.SourcesDirectory') ?? variable('System.DefaultWorkingDirectory');
  const sourcesFolder = sources ?? '/';
  const lines = [inputs.tags, inputs.flavor, inputs.labels, inputs.annotations].flat();
  const { pullRequestCommit, defaultBranch } = inputs;
  const wanted = { pullRequestCommit, defaultBranch, lines };
  return {
    variable,
    environment: (name) => host.environment(name),
    holdsSecret: (text) => host.redact(text) !== text,
    sourcesFolder,
    rootFolders: agentRoots.flatMap((name) => variable(name) ?? []),
    defaultBuilder: variable('BUILDX_BUILDER'),
    source: runSource(variable),
    runUrl: runUrl(variable),
    facts: await runFacts(wanted, sourcesFolder, ports),
  };
}

/** Before anything could print them. */
async function maskSecrets(
  secrets: readonly BuildSecret[],
  { host, files }: Pick<Ports, 'host' | 'files'>,
): Promise<void> {
  for (const { source } of secrets) {
    const text = source.kind === 'value' ? source.value : await files.readText(source.path);
    if (text !== undefined) host.maskSecret(text);
  }
}
