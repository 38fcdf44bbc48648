import type { Problem } from '../../src/core/errors.ts';
import { type Parsed, parsed, rejected } from '../../src/core/parsed.ts';
import { splitLines } from '../../src/core/text/lines.ts';
import type { ServiceConnection, TaskHost } from '../../src/ports/task-host.ts';
import { type TlsInputName, type TlsInputs, tlsInputNames } from './tls-inputs.ts';

/** What the service connection (vss-extension.json, type `buildkit`) holds, as text like the inputs. */
export interface BuildkitConnection {
  /** Lines as in `endpoints`. */
  readonly lines: readonly string[];
  readonly tls: TlsInputs;
}

const where = 'buildkitConnection';
const nothing: BuildkitConnection = {
  lines: [],
  tls: { caCert: undefined, clientCert: undefined, clientKey: undefined, serverName: undefined },
};

/** Its secrets are masked by the agent as wholes only: their lines are masked when they are read. */
export function readConnection(
  id: string | undefined,
  host: Pick<TaskHost, 'serviceConnection'>,
): Parsed<BuildkitConnection> {
  if (id === undefined) return parsed(nothing);
  const connection = host.serviceConnection(id);
  if (connection === undefined) return rejected(unknownConnection(id));
  const lines = splitLines(connection.data('addresses') ?? '');
  return parsed({
    lines: lines.length > 0 ? lines : addressInUrl(connection),
    tls: {
      caCert: text(connection.parameter('caCert')),
      clientCert: text(connection.parameter('clientCert')),
      clientKey: text(connection.parameter('clientKey')),
      serverName: text(connection.data('serverName')),
    },
  });
}

/** The inputs, and what they leave empty from the connection; `origins` says which came from there. */
export function withConnection(
  inputs: TlsInputs,
  { tls }: BuildkitConnection,
): { readonly tls: TlsInputs; readonly fromConnection: readonly TlsInputName[] } {
  const fromConnection = tlsInputNames.filter(
    (name) => inputs[name] === undefined && tls[name] !== undefined,
  );
  const merged = Object.fromEntries(tlsInputNames.map((name) => [name, inputs[name] ?? tls[name]]));
  return { tls: merged as unknown as TlsInputs, fromConnection };
}

/** A problem of a value that came from the connection is to be mended there. */
export function blameConnection(
  problem: Problem,
  fromConnection: readonly TlsInputName[],
): Problem {
  const name = fromConnection.find((each) => each === problem.where);
  if (name === undefined) return problem;
  return { ...problem, where, what: `Its ${name}: ${problem.what}` };
}

/** Connections made by the API may have no data: their URL is the one address. */
function addressInUrl({ url }: ServiceConnection): readonly string[] {
  return /^(tcp|srv\+tcp|dns\+tcp):\/\//i.test(url) ? [url.replace(/\/$/, '')] : [];
}

function text(value: string | undefined): string | undefined {
  const trimmed = value?.trim();
  return trimmed === '' ? undefined : trimmed;
}

function unknownConnection(id: string): Problem {
  return {
    where,
    what: `Expected the name of a BuildKit service connection, found "${id}", which this job may not use or does not know.`,
    change: 'Check its spelling, and that the pipeline is authorized to use it.',
  };
}
