import type { ProbeFailure } from './probe-cause.ts';
import { tellingLine } from './program-trouble.ts';

/** The program that should have led to the daemon. */
export function programIn(failure: ProbeFailure): string {
  return failure.kind === 'program' ? failure.program : 'A program';
}

/** e.g. ` within 0.7 s`. */
export function within(failure: ProbeFailure): string {
  return failure.kind === 'timeout' ? ` within ${Math.round(failure.afterMs / 100) / 10} s` : '';
}

/** e.g. `; it is for DNS:localhost`. Node's message ends with the names, e.g. `… is not in the cert's altnames: DNS:localhost`. */
export function namesIn(failure: ProbeFailure): string {
  const message = failure.kind === 'error' ? failure.message : '';
  const names = /is not in the cert's (?:altnames|list): (.+)$/s.exec(message)?.[1]?.trim();
  return names === undefined || names === '' ? '' : `; it is for ${names}`;
}

/** e.g. ` (unknown ca)` of `ERR_SSL_TLSV1_ALERT_UNKNOWN_CA`. */
export function alertIn(failure: ProbeFailure): string {
  const alert = failure.kind === 'error' ? /ALERT_(\w+)$/.exec(failure.code)?.[1] : undefined;
  return alert === undefined ? '' : ` (${alert.toLowerCase().replaceAll('_', ' ')})`;
}

/** The failure's own words in brackets, for causes that have no sentence for all of it. */
export function told(failure: ProbeFailure): string {
  switch (failure.kind) {
    case 'error':
      return ` (${[failure.code, failure.message.trim()].filter(Boolean).join(': ')})`;
    case 'program':
      return ` (exit code ${failure.exitCode ?? '?'}: ${tellingLine(failure.said).replace(/\.$/, '') || 'without a word'})`;
    case 'http':
      return ` (HTTP ${failure.status})`;
    case 'grpc':
      return ` (gRPC status ${failure.status}${failure.message === '' ? '' : `: ${failure.message}`})`;
    case 'timeout':
    case 'closed':
      return '';
  }
}
