import type { TlsMaterial, TlsSources } from '../../src/core/buildkit/tls-material.ts';
import { UserError } from '../../src/core/errors.ts';
import { type Parsed, parsed, problemsOf } from '../../src/core/parsed.ts';
import type { TaskPorts } from '../../src/ports/task-ports.ts';
import { type Inputs, type SetupRequest, parseInputs } from './inputs.ts';
import { readCertificates } from './read-certificates.ts';
import { parseTlsInputs } from './tls-inputs.ts';

/** A request whose certificates have been read and checked; without `tls` the connection is plain. */
export interface CheckedRequest extends SetupRequest {
  readonly tls?: { readonly sources: TlsSources; readonly material: TlsMaterial };
}

type Ports = Pick<TaskPorts, 'host' | 'files' | 'clock'>;

/**
 * Reads inputs and the files they name.
 * @throws UserError with the problems of all of them
 */
export async function readRequest(
  inputs: Inputs,
  jobSlug: string,
  ports: Ports,
): Promise<CheckedRequest> {
  const request = parseInputs(inputs, {
    buildkitHost: ports.host.variable('BUILDKIT_HOST'),
    jobSlug,
  });
  const overTcp = !request.ok || request.value.endpoint.kind === 'tcp';
  const tls = await readTls(inputs, overTcp, ports);
  if (!request.ok || !tls.ok) throw new UserError(problemsOf([request, tls]));
  return { ...request.value, ...(tls.value === undefined ? {} : { tls: tls.value }) };
}

async function readTls(
  inputs: Inputs,
  overTcp: boolean,
  ports: Ports,
): Promise<Parsed<CheckedRequest['tls']>> {
  const sourcesDirectory = ports.host.variable('System.DefaultWorkingDirectory') ?? '';
  const sources = parseTlsInputs(inputs, sourcesDirectory, overTcp);
  if (!sources.ok) return sources;
  if (sources.value === undefined) return parsed(undefined);
  const material = await readCertificates(sources.value, ports);
  return material.ok ? parsed({ sources: sources.value, material: material.value }) : material;
}
