import { resolve } from 'node:path/posix';
import { type Problem, UserError } from '../../src/core/errors.ts';
import { type Parsed, parsed, problemsOf, rejected } from '../../src/core/parsed.ts';
import type { ProtectedImages } from '../../src/core/prune/policy.ts';
import { joined, readProtectedImages } from '../../src/core/prune/protected-images.ts';
import type { RegistryAccount } from '../../src/core/registry/account.ts';
import { splitLines } from '../../src/core/text/lines.ts';
import type { TaskPorts } from '../../src/ports/task-ports.ts';
import { registryAccounts } from '../../src/workflows/registry-accounts.ts';
import { type Inputs, type PruneRequest, parseInputs } from './inputs.ts';

/** A request whose service connection and file of images have been read. */
export interface CheckedRequest extends PruneRequest {
  /** Undefined: the agent's own login, or none. */
  readonly account: RegistryAccount | undefined;
}

type Ports = Pick<TaskPorts, 'host' | 'files'>;

/** @throws UserError with the problems of inputs, service connection and file, all at once */
export async function readRequest(inputs: Inputs, ports: Ports): Promise<CheckedRequest> {
  const ids = inputs.registry === undefined ? [] : [inputs.registry];
  const accounts = ofThisInput(registryAccounts(ids, ports.host));
  const account = accounts.ok ? accounts.value[0] : undefined;
  // What is wrong with a connection must not be told a second time, as a missing registry.
  const connected = accounts.ok ? account?.registry : (inputs.registryHost ?? 'unknown.invalid');
  const request = parseInputs(inputs, connected);
  const listed = await readFile(inputs.protectedImagesFile, ports);
  if (!accounts.ok || !request.ok || !listed.ok) {
    throw new UserError(problemsOf([accounts, request, listed]));
  }
  const protectedImages = joined([request.value.protectedImages, listed.value]);
  return { ...request.value, protectedImages, account };
}

function ofThisInput<T>(result: Parsed<T>): Parsed<T> {
  if (result.ok) return result;
  return rejected(...result.problems.map((problem) => ({ ...problem, where: 'registry' })));
}

async function readFile(
  name: string | undefined,
  { host, files }: Ports,
): Promise<Parsed<ProtectedImages>> {
  if (name === undefined) return parsed({ tags: new Set(), digests: new Map() });
  const folder =
    host.variable('Build.SourcesDirectory') ?? host.variable('System.DefaultWorkingDirectory');
  const path = resolve(folder ?? '/', name);
  const lines = splitLines((await files.readText(path)) ?? '');
  return lines.length === 0 ? rejected(noImages(path)) : readProtectedImages(path, lines);
}

function noImages(path: string): Problem {
  return {
    where: 'protectedImagesFile',
    what: `${path} is not there, or holds no image, so nobody knows what runs.`,
    change: 'Let the step before fail when it cannot list the images.',
  };
}
