import type { PemSource, TlsSources } from '../../src/core/buildkit/tls-material.ts';
import type { Problem } from '../../src/core/errors.ts';
import { type Parsed, parsed, rejected } from '../../src/core/parsed.ts';
import { isPemText, restorePem } from '../../src/core/pem/pem.ts';
import { undefinedVariable } from '../../src/core/task/undefined-variable.ts';

/** The TLS inputs as text; unset ones are undefined. */
export interface TlsInputs {
  readonly caCert: string | undefined;
  readonly clientCert: string | undefined;
  readonly clientKey: string | undefined;
  readonly serverName: string | undefined;
}

export type TlsInputName = keyof TlsInputs;

export const tlsInputNames: readonly TlsInputName[] = [
  'caCert',
  'clientCert',
  'clientKey',
  'serverName',
];

/** Absolute paths of folders. */
interface Folders {
  /** Where relative paths start. */
  readonly sources: string;
  /** Where DownloadSecureFile@1 puts files, under their own names (Agent.TempDirectory). */
  readonly secureFiles: string;
}

/** Undefined when none is set: plain. */
export function parseTlsInputs(
  inputs: TlsInputs,
  folders: Folders,
  overTcp: boolean,
): Parsed<TlsSources | undefined> {
  const problems = [...problemsOfMacros(inputs), ...problemsOfSet(inputs, overTcp)];
  if (problems.length > 0) return rejected(...problems);
  const { caCert, clientCert, clientKey, serverName } = inputs;
  if (caCert === undefined) return parsed(undefined);
  const source = (value: string): PemSource => pemSource(value, folders);
  return parsed({
    ca: source(caCert),
    ...(clientCert === undefined || clientKey === undefined
      ? {}
      : { client: { cert: source(clientCert), key: source(clientKey) } }),
    ...(serverName === undefined ? {} : { serverName }),
  });
}

function problemsOfMacros(inputs: TlsInputs): readonly Problem[] {
  return tlsInputNames.flatMap((name) => undefinedVariable(name, inputs[name] ?? '') ?? []);
}

/** Which may come together: buildx's remote driver asks the same, later and with fewer words. */
function problemsOfSet(inputs: TlsInputs, overTcp: boolean): readonly Problem[] {
  const given = tlsInputNames.filter((name) => inputs[name] !== undefined);
  const [first] = given;
  if (first === undefined) return [];
  if (!overTcp) {
    const what = 'Only tcp addresses can have TLS, which this input asks for, but there is none.';
    return given.map((where) => ({ where, what, change: 'Leave it empty, or use tcp://.' }));
  }
  return [
    ...(inputs.caCert === undefined ? [missing('caCert', first)] : []),
    ...(inputs.clientCert === undefined && inputs.clientKey !== undefined
      ? [missing('clientCert', 'clientKey')]
      : []),
    ...(inputs.clientKey === undefined && inputs.clientCert !== undefined
      ? [missing('clientKey', 'clientCert')]
      : []),
  ];
}

function missing(where: TlsInputName, because: TlsInputName): Problem {
  return {
    where,
    what: `This input is needed when ${because} is set, but it is empty.`,
    change:
      where === 'caCert'
        ? "Give the CA of the daemon's certificate: the system's authorities are not used."
        : 'Give both of the pair, or none.',
  };
}

function pemSource(value: string, { sources, secureFiles }: Folders): PemSource {
  if (isPemText(value)) return { kind: 'text', pem: restorePem(value) };
  const secureFile = /^secureFile:\s*([^/]+)$/.exec(value)?.[1];
  if (secureFile !== undefined) {
    return { kind: 'file', path: `${secureFiles}/${secureFile}`, secureFile };
  }
  return { kind: 'file', path: value.startsWith('/') ? value : `${sources}/${value}` };
}
