import { dirname, join, resolve } from 'node:path/posix';
import type { Variables } from '../../src/core/compose/interpolate.ts';
import { type LoadRequest, inlinePath } from '../../src/core/compose/load-request.ts';
import type { PasswordOf } from '../../src/core/services/password-of.ts';
import { normalName } from '../../src/core/compose/project-name.ts';
import { UserError } from '../../src/core/errors.ts';
import { composeFileNames, overrideFileNames } from '../../src/core/compose/file-names.ts';
import { type Inputs, givenVariables } from './inputs.ts';
import { type FilePorts, type Place, listed, shown, withEnvFiles } from './compose-env-files.ts';

/**
 * The compose files, their folder and their variables, as docker compose finds them: inputs first, then
 * `COMPOSE_*` variables, then the well-known names.
 * @throws UserError when a file is missing, or an env file cannot be read
 */
export async function findComposeFiles(
  inputs: Inputs,
  passwordOf: PasswordOf,
  ports: FilePorts,
): Promise<LoadRequest> {
  const own = givenVariables(inputs);
  const given: Variables = (name) => own.get(name) ?? ports.host.environment(name);
  const sources = ports.host.variable('System.DefaultWorkingDirectory') ?? '/';
  const place = { sources, inputs, given, ports };
  const start = startFolder(place);
  const first = await withEnvFiles(start, place);
  const files = await filesOf(start, first, place);
  const { projectDirectory: directory } = inputs;
  const folder = directory === undefined ? folderOf(files, start) : resolve(sources, directory);
  const variables = folder === start ? first : await withEnvFiles(folder, place);
  const said = inputs.projectName ?? variables('COMPOSE_PROJECT_NAME');
  return {
    files,
    folder,
    home: ports.host.environment('HOME') ?? '/root',
    variables,
    ...(said === undefined || said === '' ? {} : { projectName: checkedName(said) }),
    fallbackName: normalName(folder.split('/').at(-1) ?? '') || 'project',
    profiles: profilesOf(inputs, variables),
    services: selected(inputs),
    label: (path) => (path === inlinePath ? 'services' : shown(path, sources)),
    ...(inputs.services === undefined ? {} : { inline: { text: inputs.services, passwordOf } }),
  };
}

function profilesOf({ profiles }: Inputs, variables: Variables): readonly string[] {
  return profiles.length > 0 ? profiles : listed(variables('COMPOSE_PROFILES'));
}

/** The tests are started whatever else is chosen. */
function selected({ selectServices, testService }: Inputs): readonly string[] {
  if (selectServices.length === 0 || testService === undefined) return selectServices;
  return [...selectServices, testService];
}

function folderOf(files: readonly string[], start: string): string {
  const [first] = files.filter((file) => file !== inlinePath);
  return first === undefined ? start : dirname(first);
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
  const inline = inputs.services === undefined ? [] : [inlinePath];
  if (inline.length > 0 && inputs.composeFile.length === 0) return inline;
  if (named.length > 0) return [...named.map((file) => resolve(sources, file)), ...inline];
  for (let folder = start; ; folder = dirname(folder)) {
    const found = await firstOf(folder, composeFileNames, ports);
    if (found !== undefined) {
      const over = await firstOf(folder, overrideFileNames, ports);
      return over === undefined ? [found] : [found, over];
    }
    if (folder === '/' || folder === sources) break;
  }
  const what = `Found none of ${composeFileNames.join(', ')} in ${start}.`;
  throw new UserError([
    { where: 'composeFile', what, change: 'Name the compose file, or write services.' },
  ]);
}

async function firstOf(
  folder: string,
  names: readonly string[],
  { files, host }: FilePorts,
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

function checkedName(name: string): string {
  if (normalName(name) === name) return name;
  const what = `Expected a project name, found "${name}".`;
  const change = 'Use lower-case letters, digits, "_" and "-", a letter or digit first.';
  throw new UserError([{ where: 'projectName', what, change }]);
}
