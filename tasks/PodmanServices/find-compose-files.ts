import { dirname, join, relative, resolve } from 'node:path/posix';
import { readEnvFile } from '../../src/core/compose/env-file.ts';
import type { Variables } from '../../src/core/compose/interpolate.ts';
import type { LoadRequest } from '../../src/core/compose/load-request.ts';
import { normalName } from '../../src/core/compose/project-name.ts';
import { UserError } from '../../src/core/errors.ts';
import { composeFileNames, overrideFileNames } from '../../src/core/compose/file-names.ts';
import { type Inputs, givenVariables } from './inputs.ts';
import type { ServicesPorts } from './services-ports.ts';

type Ports = Pick<ServicesPorts, 'host' | 'files'>;

/** Which files make up the project, and where they begin. */
interface Place {
  readonly sources: string;
  readonly inputs: Inputs;
  /** The surroundings, without any env file. */
  readonly given: Variables;
  readonly ports: Ports;
}

/**
 * The compose files, their folder and their variables, as docker compose finds them: inputs first, then
 * `COMPOSE_*` variables, then the well-known names.
 * @throws UserError when a file is missing, or an env file cannot be read
 */
export async function findComposeFiles(inputs: Inputs, ports: Ports): Promise<LoadRequest> {
  const own = givenVariables(inputs);
  const given: Variables = (name) => own.get(name) ?? ports.host.environment(name);
  const sources = ports.host.variable('System.DefaultWorkingDirectory') ?? '/';
  const place = { sources, inputs, given, ports };
  const start = startFolder(place);
  const first = await withEnvFiles(start, place);
  const files = await filesOf(start, first, place);
  const folder =
    inputs.projectDirectory === undefined
      ? dirname(files[0] ?? start)
      : resolve(sources, inputs.projectDirectory);
  const variables = folder === start ? first : await withEnvFiles(folder, place);
  const said = inputs.projectName ?? variables('COMPOSE_PROJECT_NAME');
  return {
    files,
    folder,
    home: ports.host.environment('HOME') ?? '/root',
    variables,
    ...(said === undefined || said === '' ? {} : { projectName: checkedName(said) }),
    fallbackName: normalName(folder.split('/').at(-1) ?? '') || 'project',
    profiles: inputs.profiles.length > 0 ? inputs.profiles : listed(variables('COMPOSE_PROFILES')),
    services: [],
    label: (path) => shown(path, sources),
  };
}

function startFolder({ inputs, sources }: Place): string {
  const [file] = inputs.composeFile;
  if (inputs.projectDirectory !== undefined) return resolve(sources, inputs.projectDirectory);
  return file === undefined ? sources : dirname(resolve(sources, file));
}

/** Inputs, then `COMPOSE_FILE`, then the first well-known name with its override. */
async function filesOf(
  start: string,
  variables: Variables,
  place: Place,
): Promise<readonly string[]> {
  const { inputs, sources, ports } = place;
  const separator = variables('COMPOSE_PATH_SEPARATOR') ?? ':';
  const said = listed(variables('COMPOSE_FILE'), separator);
  const named = inputs.composeFile.length > 0 ? inputs.composeFile : said;
  if (named.length > 0) return named.map((file) => resolve(sources, file));
  for (let folder = start; ; folder = dirname(folder)) {
    const found = await firstOf(folder, composeFileNames, ports);
    if (found !== undefined) {
      const over = await firstOf(folder, overrideFileNames, ports);
      return over === undefined ? [found] : [found, over];
    }
    if (folder === '/' || folder === sources) break;
  }
  const what = `Found none of ${composeFileNames.join(', ')} in ${start}.`;
  throw new UserError([{ where: 'composeFile', what, change: 'Name the compose file.' }]);
}

async function firstOf(
  folder: string,
  names: readonly string[],
  { files, host }: Ports,
): Promise<string | undefined> {
  const paths = names.map((name) => join(folder, name));
  const kinds = await Promise.all(paths.map((path) => files.exists(path)));
  const found = paths.filter((_, at) => kinds[at] === 'file');
  const [first] = found;
  if (first !== undefined && found.length > 1) {
    host.warning(`Found ${found.join(' and ')}: ${first} is used.`);
  }
  return first;
}

/** The surroundings, and below them the env files: the last one wins among these. */
async function withEnvFiles(folder: string, place: Place): Promise<Variables> {
  const { inputs, given, sources, ports } = place;
  const named = inputs.envFile.length > 0 ? inputs.envFile : listed(given('COMPOSE_ENV_FILES'));
  const isOff = /^(?:1|t|true)$/i.test(given('COMPOSE_DISABLE_ENV_FILE') ?? '');
  const usual = isOff ? [] : [join(folder, '.env')];
  const paths = named.length > 0 ? named.map((file) => resolve(sources, file)) : usual;
  const values = new Map<string, string>();
  const lookup: Variables = (name) => given(name) ?? values.get(name);
  for (const path of paths) {
    const isThere = (await ports.files.exists(path)) === 'file';
    if (!isThere && named.length > 0) throw missing(path);
    const text = isThere ? await ports.files.readText(path) : undefined;
    if (text === undefined) continue;
    const file = { path, label: shown(path, sources), text };
    const problems = readEnvFile(file, given, values);
    if (problems.length > 0) throw new UserError(problems);
  }
  return lookup;
}

function missing(path: string): UserError {
  const what = `There is no file ${path}.`;
  return new UserError([{ where: 'envFile', what, change: 'Mend the path.' }]);
}

function checkedName(name: string): string {
  if (normalName(name) === name) return name;
  const what = `Expected a project name, found "${name}".`;
  const change = 'Use lower-case letters, digits, "_" and "-", a letter or digit first.';
  throw new UserError([{ where: 'projectName', what, change }]);
}

function listed(text: string | undefined, separator = ','): readonly string[] {
  return (text ?? '')
    .split(separator)
    .map((part) => part.trim())
    .filter((part) => part !== '');
}

function shown(path: string, sources: string): string {
  return path.startsWith(`${sources}/`) ? relative(sources, path) : path;
}
