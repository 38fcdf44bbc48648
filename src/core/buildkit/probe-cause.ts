import { programTrouble } from './program-trouble.ts';

/** What a look at a daemon met, as raw as the network told it. */
export type ProbeFailure =
  | {
      readonly kind: 'error';
      /** Of the system, OpenSSL or Node, e.g. `ECONNREFUSED`; '' when there is none. */
      readonly code: string;
      readonly message: string;
    }
  /** `connected`: something took the connection, but said nothing. */
  | { readonly kind: 'timeout'; readonly afterMs: number; readonly connected: boolean }
  /** Connected, then closed without a word; `withTls` is what a TLS hello met at the same place. */
  | { readonly kind: 'closed'; readonly withTls?: ProbeFailure }
  /** The program that carries the connection ended first; without an exit code it is not there. */
  | {
      readonly kind: 'program';
      readonly program: string;
      readonly exitCode?: number;
      /** The end of its error output. */
      readonly said: string;
    }
  /** An HTTP answer that is not gRPC. */
  | { readonly kind: 'http'; readonly status: number }
  /** A gRPC status other than 0. */
  | { readonly kind: 'grpc'; readonly status: number; readonly message: string };

/** Why a daemon cannot be used: each has its own sentence and cure (build-anchors 3.3). */
export type ProbeCause =
  | 'nothing-listens'
  | 'unknown-host'
  | 'no-answer'
  | 'silent'
  | 'no-socket'
  | 'no-permission'
  | 'untrusted-certificate'
  | 'name-not-in-certificate'
  | 'expired-certificate'
  | 'client-certificate-required'
  | 'client-certificate-refused'
  | 'daemon-speaks-plain'
  | 'daemon-speaks-tls'
  | 'closed'
  | 'no-program'
  | 'program-failed'
  | 'program-refused'
  | 'not-grpc'
  | 'not-buildkit'
  | 'not-ready'
  | 'other';

const grpcUnimplemented = 12;
const grpcUnavailable = 14;
const gatewayStatuses = [502, 503, 504];

/** First match wins; codes of Node 20 and 24 (OpenSSL 3.0 and 3.5) [all seen against real servers]. */
const causeByCode: readonly (readonly [RegExp, ProbeCause])[] = [
  [/^ECONNREFUSED$/, 'nothing-listens'],
  [/^(ENOTFOUND|EAI_\w+)$/, 'unknown-host'],
  [/^(ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|EHOSTDOWN)$/, 'no-answer'],
  [/^ENOENT$/, 'no-socket'],
  [/^(EACCES|EPERM)$/, 'no-permission'],
  [/^(ECONNRESET|EPIPE)$/, 'closed'],
  [/^CERT_(HAS_EXPIRED|NOT_YET_VALID)$/, 'expired-certificate'],
  [/^ERR_TLS_CERT_ALTNAME_INVALID$/, 'name-not-in-certificate'],
  [/^(UNABLE_TO_|SELF_SIGNED|DEPTH_ZERO_SELF|CERT_|INVALID_)/, 'untrusted-certificate'],
  [/ALERT_CERTIFICATE_REQUIRED$/, 'client-certificate-required'],
  [
    /ALERT_(UNKNOWN_CA|BAD_CERTIFICATE|CERTIFICATE_\w+|ACCESS_DENIED)$/,
    'client-certificate-refused',
  ],
  [
    /^ERR_SSL_(WRONG_VERSION_NUMBER|PACKET_LENGTH_TOO_LONG|RECORD_LAYER_FAILURE)$/,
    'daemon-speaks-plain',
  ],
  [/^ERR_HTTP2_|ALERT_NO_APPLICATION_PROTOCOL$/, 'not-grpc'],
];

/** Tells the causes apart. Total: what is unknown is `other`. */
export function probeCause(failure: ProbeFailure): ProbeCause {
  switch (failure.kind) {
    case 'error':
      return causeByCode.find(([code]) => code.test(failure.code))?.[1] ?? 'other';
    case 'timeout':
      return failure.connected ? 'silent' : 'no-answer';
    case 'closed':
      return isTlsAnswer(failure.withTls) ? 'daemon-speaks-tls' : 'closed';
    case 'program':
      return programCause(failure);
    case 'http':
      return gatewayStatuses.includes(failure.status) ? 'not-ready' : 'not-grpc';
    case 'grpc':
      return grpcCause(failure.status);
  }
}

/** Proof that TLS is spoken: the handshake came as far as an alert or a certificate. */
function isTlsAnswer(failure: ProbeFailure | undefined): boolean {
  if (failure?.kind !== 'error') return false;
  return /_ALERT_/.test(failure.code) || /-certificate$/.test(probeCause(failure));
}

function programCause(failure: Extract<ProbeFailure, { readonly kind: 'program' }>): ProbeCause {
  if (failure.exitCode === undefined) return 'no-program';
  return programTrouble(failure.said).mayPass ? 'program-failed' : 'program-refused';
}

function grpcCause(status: number): ProbeCause {
  if (status === grpcUnimplemented) return 'not-buildkit';
  return status === grpcUnavailable ? 'not-ready' : 'other';
}

/** Whether waiting can help: a daemon or its name may come late, a wrong certificate stays wrong. */
export function mayComeLater(cause: ProbeCause): boolean {
  return [
    'nothing-listens',
    'unknown-host',
    'no-answer',
    'silent',
    'no-socket',
    'closed',
    'program-failed',
    'not-ready',
  ].includes(cause);
}
