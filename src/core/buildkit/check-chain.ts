import type { X509Certificate } from 'node:crypto';
import { parseCertificates, subjectOf } from '../pem/certificates.ts';
import { chainOf, isSelfSigned } from '../pem/chain.ts';
import {
  type CertificateFindings,
  checkDates,
  findings,
  together,
} from './certificate-findings.ts';

/**
 * Follows the client's certificate through the intermediates that are given with it to the authority in
 * caCert, where it leads there: a daemon may trust another authority for its clients. So a broken chain is
 * a warning, which stands beside what the daemon says, and only what no daemon takes is a problem.
 */
export function checkChain(
  [leaf, ...intermediates]: readonly X509Certificate[],
  authorities: readonly X509Certificate[],
  nowMs: number,
): CertificateFindings {
  if (leaf === undefined) return findings();
  const { members, impostor } = chainOf(leaf, [...intermediates, ...authorities], nowMs);
  const sent = members.slice(1).filter((member) => intermediates.includes(member));
  const dates = sent.map((member) => checkDates('clientCert', member, nowMs));
  if (impostor === undefined) return together(dates);
  const last = members.at(-1) ?? leaf;
  const place = authorities.includes(impostor) ? 'caCert' : 'clientCert';
  const warning = `clientCert: ${subjectOf(last)} says that ${subjectOf(impostor)} issued it, but the one in ${place} did not sign it: it is of an older or newer authority of this name.`;
  return together([...dates, { problems: [], warnings: [warning] }]);
}

/** A bundle in which nobody may vouch for others is most often the wrong file. */
export function checkAuthorities(authorities: readonly X509Certificate[]): CertificateFindings {
  const [first] = authorities;
  if (first === undefined || authorities.some((one) => one.ca || isSelfSigned(one))) {
    return findings();
  }
  const warning = `caCert: ${subjectOf(first)} is no certificate authority, so it vouches for itself alone.`;
  return { problems: [], warnings: [warning] };
}

/** Who issued the last certificate that the client can send, e.g. `CN=Other CA`; undefined when there is none. */
export function chainEnd(clientCert: string, nowMs: number): string | undefined {
  const [leaf, ...others] = parseCertificates(clientCert);
  const last = leaf && chainOf(leaf, others, nowMs).members.at(-1);
  return last?.issuer.replaceAll('\n', ', ');
}
