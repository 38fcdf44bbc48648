import { X509Certificate } from 'node:crypto';
import { pemBlocks } from './pem.ts';

/** Where a moment stands in a certificate's time; the days of the words are UTC dates. */
export type Validity =
  | { readonly kind: 'early'; readonly from: string }
  | { readonly kind: 'current'; readonly days: number; readonly until: string }
  | { readonly kind: 'expired'; readonly since: string };

const dayMs = 86_400_000;

/** All certificates of a PEM text, in order; empty when there is none, or one of them is damaged. */
export function parseCertificates(pem: string): readonly X509Certificate[] {
  const blocks = pemBlocks(pem).filter(({ label }) => label === 'CERTIFICATE');
  try {
    return blocks.map((each) => new X509Certificate(each.pem));
  } catch {
    return [];
  }
}

export function validityAt(certificate: X509Certificate, nowMs: number): Validity {
  const fromMs = Date.parse(certificate.validFrom);
  const toMs = Date.parse(certificate.validTo);
  if (nowMs >= toMs) return { kind: 'expired', since: day(toMs) };
  if (nowMs < fromMs) return { kind: 'early', from: day(fromMs) };
  return { kind: 'current', days: Math.floor((toMs - nowMs) / dayMs), until: day(toMs) };
}

/** e.g. `CN=client, O=shop`. */
export function subjectOf(certificate: X509Certificate): string {
  return certificate.subject.replaceAll('\n', ', ') || 'no subject';
}

/** Names what kind of text it is, without showing any of it. */
export function describePem(text: string): string {
  const labels = [...new Set(pemBlocks(text).map(({ label }) => label))];
  if (labels.length > 0) return `other or damaged PEM blocks (${labels.join(', ')})`;
  return text.trim() === '' ? 'nothing' : 'something that is not PEM';
}

function day(ms: number): string {
  return new Date(ms).toISOString().slice(0, 10);
}
