import type { ProbeCause, ProbeFailure } from '../../../src/core/buildkit/probe-cause.ts';
import type { FetchFailure } from '../../../src/core/buildx/fetch-problem.ts';

const error = (code: string, message = ''): ProbeFailure => ({ kind: 'error', code, message });
const program = (file: string, exitCode: number, said: string): ProbeFailure => ({
  kind: 'program',
  program: file,
  exitCode,
  said,
});
const silence = { kind: 'timeout', afterMs: 5000 } as const;

/** One failure for each cause that the probe tells apart. */
export const probeSamples: Record<ProbeCause, ProbeFailure> = {
  'nothing-listens': error('ECONNREFUSED'),
  'unknown-host': error('ENOTFOUND'),
  'no-answer': { ...silence, connected: false },
  silent: { ...silence, connected: true },
  'no-socket': error('ENOENT'),
  'no-permission': error('EACCES'),
  'untrusted-certificate': error('SELF_SIGNED_CERT_IN_CHAIN'),
  'name-not-in-certificate': error(
    'ERR_TLS_CERT_ALTNAME_INVALID',
    "Host: buildkitd.ci. is not in the cert's altnames: DNS:localhost",
  ),
  'expired-certificate': error('CERT_HAS_EXPIRED'),
  'client-certificate-required': error('ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED'),
  'client-certificate-refused': error('ERR_SSL_TLSV1_ALERT_UNKNOWN_CA'),
  'daemon-speaks-plain': error('ERR_SSL_WRONG_VERSION_NUMBER'),
  'daemon-speaks-tls': { kind: 'closed', withTls: error('SELF_SIGNED_CERT_IN_CHAIN') },
  closed: { kind: 'closed' },
  'no-program': { kind: 'program', program: 'kubectl', said: '' },
  'program-failed': program(
    'kubectl',
    1,
    'Error from server (NotFound): pods "buildkitd-0" not found',
  ),
  'program-refused': program('ssh', 255, 'Host key verification failed.'),
  'not-grpc': { kind: 'http', status: 404 },
  'not-buildkit': { kind: 'grpc', status: 12, message: '' },
  'not-ready': { kind: 'http', status: 503 },
  other: { kind: 'grpc', status: 13, message: 'internal' },
};

/** One failure of each kind, and the HTTP statuses that have sentences of their own. */
export const fetchSamples: readonly FetchFailure[] = [
  { kind: 'digest', found: 'ab'.repeat(32), bytes: 12_345 },
  { kind: 'http', status: 404 },
  { kind: 'http', status: 401 },
  { kind: 'http', status: 503 },
  { kind: 'no-file' },
  { kind: 'network', code: 'ECONNREFUSED', message: 'connect ECONNREFUSED 10.0.0.7:443' },
  { kind: 'timeout', afterMs: 600_000 },
  { kind: 'disk', code: 'ENOSPC', message: '' },
  { kind: 'disk', code: 'EACCES', message: 'permission denied' },
];
