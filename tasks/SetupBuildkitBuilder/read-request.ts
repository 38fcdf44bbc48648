import { isOverTcp } from '../../src/core/buildkit/endpoint.ts';
import type { TlsMaterial, TlsSources } from '../../src/core/buildkit/tls-material.ts';
import { type BuildxWish, parseBuildxWish } from '../../src/core/buildx/release-wish.ts';
import { UserError } from '../../src/core/errors.ts';
import { type Parsed, parsed, problemsOf, rejected } from '../../src/core/parsed.ts';
import type { TaskPorts } from '../../src/ports/task-ports.ts';
import {
  type BuildkitConnection,
  blameConnection,
  readConnection,
  withConnection,
} from './buildkit-connection.ts';
import { type Inputs, type SetupRequest, parseInputs } from './inputs.ts';
import { kubernetesOnly } from './kubernetes-request.ts';
import { readCertificates } from './read-certificates.ts';
import { parseTlsInputs } from './tls-inputs.ts';

/** A request whose certificates have been read and checked; without `tls` the connection is plain. */
export interface CheckedRequest extends SetupRequest {
  /** The very buildx to have; undefined: what is there. */
  readonly buildx: BuildxWish | undefined;
  readonly tls?: { readonly sources: TlsSources; readonly material: TlsMaterial };
}

type Ports = Pick<TaskPorts, 'host' | 'files' | 'clock'>;

/**
 * Reads inputs, the service connection, and the files they name.
 * @throws UserError with the problems of all of them
 */
export async function readRequest(
  inputs: Inputs,
  jobSlug: string,
  ports: Ports,
): Promise<CheckedRequest> {
  const { host } = ports;
  const connection = readConnection(inputs.buildkitConnection, host);
  if (!connection.ok) throw new UserError(connection.problems);
  const request = parseInputs(inputs, {
    buildkitHost: host.variable('BUILDKIT_HOST'),
    connectionLines: connection.value.lines,
    jobSlug,
  });
  const tls = await readTls(inputs, connection.value, hasTcp(request), ports);
  const buildx = parseBuildxWish(inputs, host.variable('System.DefaultWorkingDirectory') ?? '');
  const problems = [...problemsOf([request, tls, buildx]), ...kubernetesOnly(inputs)];
  if (!request.ok || !tls.ok || !buildx.ok || problems.length > 0) throw new UserError(problems);
  const secured = tls.value === undefined ? {} : { tls: tls.value };
  return { ...request.value, buildx: buildx.value, ...secured };
}

function hasTcp(request: Parsed<SetupRequest>): boolean {
  if (!request.ok) return true;
  return request.value.groups.some(({ lines }) => lines.some(({ address }) => isOverTcp(address)));
}

async function readTls(
  inputs: Inputs,
  connection: BuildkitConnection,
  overTcp: boolean,
  ports: Ports,
): Promise<Parsed<CheckedRequest['tls']>> {
  const folders = {
    sources: ports.host.variable('System.DefaultWorkingDirectory') ?? '',
    secureFiles: ports.host.tempDirectory,
  };
  const { tls, fromConnection } = withConnection(inputs, connection);
  const sources = parseTlsInputs(tls, folders, overTcp);
  const material =
    sources.ok && sources.value ? await readCertificates(sources.value, ports) : undefined;
  const problems = problemsOf([sources, ...(material === undefined ? [] : [material])]);
  if (!sources.ok || material?.ok === false) {
    return rejected(...problems.map((problem) => blameConnection(problem, fromConnection)));
  }
  if (sources.value === undefined || material === undefined) return parsed(undefined);
  return parsed({ sources: sources.value, material: material.value });
}
