import { UserError } from '../../src/core/errors.ts';
import { parsed, problemsOf } from '../../src/core/parsed.ts';
import type { RegistryAccount } from '../../src/core/registry/account.ts';
import { unnamedRegistryProblems } from '../../src/core/registry/unnamed-registry.ts';
import type { TaskPorts } from '../../src/ports/task-ports.ts';
import { registryAccounts } from '../../src/workflows/registry-accounts.ts';
import { checkBakeFiles } from './check-bake-files.ts';
import { checkSecretFiles, checkSources } from './check-files.ts';
import { findDockerfile } from './find-dockerfile.ts';
import { type NamedBuilder, parseInputs } from './inputs.ts';
import { besideBake, isBake } from './inputs/bake.ts';
import { givenDockerfile, parseSources } from './inputs/sources.ts';
import type { Inputs, Surroundings } from './inputs/surroundings.ts';
import { maskSecrets } from './mask-secrets.ts';
import { surroundingsOf } from './surroundings-of.ts';
import { warnOfSources } from './warn-of-sources.ts';

/** A request whose files are there and whose secrets are masked. */
export interface CheckedRequest extends NamedBuilder {
  readonly accounts: readonly RegistryAccount[];
}

type Ports = Pick<TaskPorts, 'host' | 'files' | 'commands' | 'clock'>;

/**
 * Reads the inputs, the connections and the files they name.
 * @throws UserError with the problems of all of them
 */
export async function readRequest(given: Inputs, ports: Ports): Promise<CheckedRequest> {
  const { host, files } = ports;
  const accounts = registryAccounts(given.registries, host);
  const surroundings = await surroundingsOf(given, ports);
  const dockerfile = isBake(given)
    ? parsed(given.dockerfile)
    : await oneDockerfile(given, surroundings, ports);
  const inputs = dockerfile.ok ? { ...given, dockerfile: dockerfile.value } : given;
  const named = parseInputs(inputs, surroundings);
  const sources = dockerfile.ok ? parseSources(besideBake(inputs), surroundings) : dockerfile;
  const folders = { ...surroundings, tempDirectory: host.tempDirectory };
  const problems = [
    ...problemsOf([named, accounts, dockerfile]),
    ...(accounts.ok && given.push ? unnamedRegistryProblems(given.repository, accounts.value) : []),
    ...(sources.ok && !isBake(given) ? await checkSources(sources.value, folders, files) : []),
    ...(await checkBakeFiles(given.bakeFile, surroundings.sourcesFolder, files)),
    ...(await checkSecretFiles(inputs, surroundings, files)),
  ];
  if (!named.ok || !accounts.ok || problems.length > 0) throw new UserError(problems);
  await maskSecrets(named.value.request, { host, files });
  warnOfSources(named.value.request.sources, host);
  return { ...named.value, accounts: accounts.value };
}

/** The input with its pattern replaced by the one file it stands for. */
async function oneDockerfile(
  { dockerfile }: Inputs,
  surroundings: Surroundings,
  { files }: Ports,
): ReturnType<typeof findDockerfile> {
  const path = givenDockerfile(dockerfile, surroundings) ?? surroundings.sourcesFolder;
  return findDockerfile(path, surroundings.sourcesFolder, files);
}
