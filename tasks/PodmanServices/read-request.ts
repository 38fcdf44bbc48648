import type { ComposeProject } from '../../src/core/compose/model.ts';
import { type Problem, UserError } from '../../src/core/errors.ts';
import { type Parsed, problemsOf, rejected } from '../../src/core/parsed.ts';
import type { RegistryAccount } from '../../src/core/registry/account.ts';
import { registryAccounts } from '../../src/workflows/registry-accounts.ts';
import { findComposeFiles } from './find-compose-files.ts';
import { missingHostFiles } from './host-files.ts';
import { type Inputs, type ServicesRequest, parseInputs } from './inputs.ts';
import { withWaits } from './given-waits.ts';
import { loadCompose } from './load-compose.ts';
import { passwords } from './passwords.ts';
import type { ServicesPorts } from './services-ports.ts';

/** A request whose compose files have been read and validated. */
export interface CheckedRequest extends ServicesRequest {
  readonly project: ComposeProject;
  readonly accounts: readonly RegistryAccount[];
  /** The first compose file. */
  readonly file: ShownFile;
}

interface ShownFile {
  readonly path: string;
  readonly label: string;
}

type Ports = Pick<ServicesPorts, 'host' | 'files' | 'chance'>;

/** @throws UserError with the problems of inputs, service connections and compose files, all at once */
export async function readRequest(inputs: Inputs, ports: Ports): Promise<CheckedRequest> {
  const request = parseInputs(inputs);
  const accounts = registryAccounts(inputs.registries, ports.host);
  const { file, project } = await readProject(inputs, ports);
  if (!request.ok || !accounts.ok || !project.ok) {
    throw new UserError(problemsOf([request, accounts, project]));
  }
  const waiting = withWaits(inputs.wait, project.value);
  const more = [
    ...testServiceProblems(inputs.testService, project.value, file),
    ...(await missingHostFiles(project.value, ports.files)),
    ...problemsOf([waiting]),
  ];
  if (more.length > 0 || !waiting.ok) throw new UserError(more);
  project.value.warnings.forEach(({ text, place }) => {
    ports.host.warning(text, place);
  });
  return { ...request.value, accounts: accounts.value, file, project: waiting.value };
}

async function readProject(
  inputs: Inputs,
  ports: Ports,
): Promise<{ readonly file: ShownFile; readonly project: Parsed<ComposeProject> }> {
  try {
    const found = await findComposeFiles(inputs, passwords(ports), ports);
    const path = found.files[0] ?? '';
    const file = { path, label: found.label(path) };
    return { file, project: await loadCompose(found, ports.files) };
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return { file: { path: '', label: '' }, project: rejected(...error.problems) };
  }
}

function testServiceProblems(
  testService: string | undefined,
  { services }: ComposeProject,
  file: ShownFile,
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
