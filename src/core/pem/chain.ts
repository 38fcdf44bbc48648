import type { X509Certificate } from 'node:crypto';
import { validityAt } from './certificates.ts';

/** How far a certificate can be followed to those that vouch for it. */
export interface Chain {
  /** The certificate itself, then each time the issuer of the one before. */
  readonly members: readonly X509Certificate[];
  /** Has the name of the last member's issuer, but is another: it did not sign that one. */
  readonly impostor?: X509Certificate;
}

/** Follows `leaf` among `others`; of issuers that are renewed with the same key, it takes one that is valid now. */
export function chainOf(
  leaf: X509Certificate,
  others: readonly X509Certificate[],
  nowMs: number,
): Chain {
  const members = [leaf];
  for (let last = leaf; !isSelfSigned(last);) {
    const named = others.filter(({ subject }) => subject === last.issuer);
    const signers = named.filter((one) => last.verify(one.publicKey));
    const isCurrent = (one: X509Certificate) => validityAt(one, nowMs).kind === 'current';
    const signer = signers.find(isCurrent) ?? signers[0];
    const [impostor] = named;
    if (signer === undefined) return { members, ...(impostor === undefined ? {} : { impostor }) };
    if (members.includes(signer)) break;
    members.push(signer);
    last = signer;
  }
  return { members };
}

export function isSelfSigned(certificate: X509Certificate): boolean {
  const { subject, issuer, publicKey } = certificate;
  return subject === issuer && certificate.verify(publicKey);
}
