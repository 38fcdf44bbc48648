import type { CertificateFiles } from './certificate-files.ts';
import type { MisleadingServers } from './misleading-servers.ts';

type Inputs = Readonly<Record<string, string>>;
/** What is wrong, the inputs that meet it, and the sentence their user must read. */
export type Cause = readonly [name: string, inputs: Inputs, sentence: RegExp];

/** Addresses and files to build wrong inputs from. */
export interface FaultGround extends MisleadingServers, CertificateFiles {
  /** Real daemons: without TLS, with mutual TLS, and with a certificate that has run out. */
  readonly plain: string;
  readonly secure: string;
  readonly expired: string;
  /** Its packets get lost. */
  readonly blackHole: string;
  /** Exists and holds no such file as is asked for. */
  readonly folder: string;
}

type CauseOn = readonly [name: string, inputs: (at: FaultGround) => Inputs, sentence: RegExp];

/** Every cause for which a daemon cannot be used. */
export function causesOn(ground: FaultGround): readonly Cause[] {
  return [...atDaemons, ...elsewhere].map(([name, inputs, sentence]) => [
    name,
    inputs(ground),
    sentence,
  ]);
}

function mutual({ ca, client }: FaultGround): Inputs {
  return { caCert: ca, ...pair(client) };
}

function secured(at: FaultGround, other: Inputs = {}): Inputs {
  return { endpoints: at.secure, ...mutual(at), ...other };
}

function pair({ cert, key }: CertificateFiles['client']): Inputs {
  return { clientCert: cert, clientKey: key };
}

const atDaemons: readonly CauseOn[] = [
  [
    'wrong CA',
    (at) => secured(at, { caCert: at.strangerCa }),
    /^caCert: The certificate of .* is not signed by the authority in caCert/,
  ],
  [
    'no client certificate',
    (at) => ({ endpoints: at.secure, caCert: at.ca }),
    /^clientCert: .* asks for a client certificate, and none was given/,
  ],
  [
    'client of another CA',
    (at) => secured(at, pair(at.strangerClient)),
    /^clientCert: .* does not accept the client certificate, issued by CN=Other CA \(unknown ca\)/,
  ],
  [
    'expired client',
    (at) => secured(at, pair(at.expiredClient)),
    /^clientCert: This certificate \(CN=localhost\) expired on \d{4}-\d\d-\d\d/,
  ],
  [
    'key of another pair',
    (at) => secured(at, { clientKey: at.strangerClient.key }),
    /^clientKey: This key does not belong to the certificate in clientCert/,
  ],
  [
    'other name',
    (at) => secured(at, { serverName: 'buildkitd.ci' }),
    /^serverName: .* is not for "buildkitd\.ci"; it is for DNS:localhost/,
  ],
  [
    'expired daemon',
    (at) => secured(at, { endpoints: at.expired }),
    /^endpoints: The certificate of .* has expired/,
  ],
  [
    'plain to TLS',
    (at) => ({ endpoints: at.secure }),
    /^caCert: .* speaks TLS, and caCert is empty/,
  ],
  [
    'TLS to plain',
    (at) => secured(at, { endpoints: at.plain }),
    /^caCert: .* does not speak TLS, but caCert asks for it/,
  ],
];

const elsewhere: readonly CauseOn[] = [
  ['nobody', (at) => ({ endpoints: at.nobody }), /^endpoints: Nothing listens at tcp:.*refused/],
  [
    'unknown host',
    () => ({ endpoints: 'tcp://buildkitd.invalid:1234' }),
    /^endpoints: The host name in .* is unknown/,
  ],
  [
    'no socket',
    (at) => ({ endpoints: `unix://${at.folder}/none.sock` }),
    /^endpoints: There is no socket at unix:/,
  ],
  [
    'web server',
    (at) => ({ endpoints: at.web }),
    /^endpoints: Something answers at .* does not speak gRPC/,
  ],
  [
    'other gRPC',
    (at) => ({ endpoints: at.otherGrpc }),
    /^endpoints: .* speaks gRPC, but it is not BuildKit/,
  ],
  [
    'black hole',
    (at) => ({ endpoints: at.blackHole }),
    /^endpoints: No connection to \S+ within 0\.7 s: packets get lost/,
  ],
  [
    'silence',
    (at) => ({ endpoints: at.silent }),
    /^endpoints: .* took the connection and then said nothing within 0\.7 s/,
  ],
  [
    'empty proxy',
    (at) => ({ endpoints: at.closing }),
    /^endpoints: .* took the connection and closed it without an answer/,
  ],
  [
    'no file',
    (at) => ({ endpoints: at.nobody, caCert: `${at.folder}/none.pem` }),
    /^caCert: .* there is no file .*none\.pem/,
  ],
  [
    'unreadable file',
    (at) => ({ endpoints: at.nobody, caCert: at.folder }),
    /^caCert: The file .* cannot be read \(EISDIR.*Let the agent's user read it/,
  ],
  [
    'bad address',
    () => ({ endpoints: 'buildkitd:1234' }),
    /^endpoints: .* Write tcp:\/\/buildkitd:1234/,
  ],
];
