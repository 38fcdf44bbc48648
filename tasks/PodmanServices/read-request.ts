import { dirname, join, resolve } from 'node:path/posix';
import type { ComposeFile } from '../../src/core/compose/compose-document.ts';
import { composeFileNames, loadCompose } from '../../src/core/compose/load-compose.ts';
import type { ComposeProject } from '../../src/core/compose/model.ts';
import { type Problem, UserError } from '../../src/core/errors.ts';
import { type Parsed, parsed, problemsOf, rejected } from '../../src/core/parsed.ts';
import type { RegistryAccount } from '../../src/core/registry/account.ts';
import { registryAccounts } from '../../src/workflows/registry-accounts.ts';
import { type Inputs, type ServicesRequest, givenVariables, parseInputs } from './inputs.ts';
import type { ServicesPorts } from './services-ports.ts';

/** A request whose compose file has been read and validated. */
export interface CheckedRequest extends ServicesRequest {
  readonly project: ComposeProject;
  readonly accounts: readonly RegistryAccount[];
  readonly file: ComposeFile;
  /** Absolute folder of the compose file. */
  readonly folder: string;
}

type Ports = Pick<ServicesPorts, 'host' | 'files'>;

/** @throws UserError with the problems of inputs, service connections and compose file, all at once */
export async function readRequest(inputs: Inputs, ports: Ports): Promise<CheckedRequest> {
  const request = parseInputs(inputs);
  const accounts = registryAccounts(inputs.registries, ports.host);
  const file = await findFile(inputs.composeFile[0], ports);
  const project = file.ok ? loadProject(file.value, inputs, ports) : rejected();
  if (!request.ok || !accounts.ok || !file.ok || !project.ok) {
    throw new UserError(problemsOf([request, accounts, file, project]));
  }
  const tests = testServiceProblems(inputs.testService, project.value, file.value);
  if (tests.length > 0) throw new UserError(tests);
  const folder = dirname(file.value.path);
  await warn(project.value, folder, ports);
  const values = { accounts: accounts.value, file: file.value, project: project.value };
  return { ...request.value, ...values, folder };
}

function loadProject(file: ComposeFile, inputs: Inputs, { host }: Ports): Parsed<ComposeProject> {
  const given = givenVariables(inputs);
  return loadCompose(file, (name) => given.get(name) ?? host.environment(name));
}

async function warn({ warnings }: ComposeProject, folder: string, ports: Ports): Promise<void> {
  warnings.forEach((warning) => {
    ports.host.warning(warning);
  });
  if ((await ports.files.exists(join(folder, '.env'))) !== 'file') return;
  const cure = 'give its values by the input "environment"';
  ports.host.warning(`The .env file beside the compose file is not read yet: ${cure}.`);
}

async function findFile(named: string | undefined, ports: Ports): Promise<Parsed<ComposeFile>> {
  const sources = ports.host.variable('System.DefaultWorkingDirectory') ?? '';
  const candidates = named === undefined ? composeFileNames : [named];
  for (const label of candidates) {
    const path = resolve(sources, label);
    if ((await ports.files.exists(path)) !== 'file') continue;
    return parsed({ path, label, text: (await ports.files.readText(path)) ?? '' });
  }
  const what =
    named === undefined
      ? `Found none of ${composeFileNames.join(', ')} in ${sources}.`
      : `There is no file ${resolve(sources, named)}.`;
  return rejected({ where: 'composeFile', what, change: 'Name the compose file.' });
}

function testServiceProblems(
  testService: string | undefined,
  { services }: ComposeProject,
  file: ComposeFile,
): readonly Problem[] {
  if (testService === undefined) return [];
  const names = services.map(({ name }) => name);
  if (!names.includes(testService)) {
    const what = `${file.label} has no service "${testService}".`;
    return [{ where: 'testService', what, change: `It has ${names.join(', ')}.` }];
  }
  const waiting = services.filter((s) => s.dependsOn.some((d) => d.service === testService));
  return waiting.map(({ name }) => ({
    where: 'testService',
    what: `The service ${name} depends on ${testService}, which is started last.`,
    change: 'Remove that dependency, or choose another test service.',
  }));
}
