import type { X509Certificate } from 'node:crypto';
import type { Problem } from '../errors.ts';
import { describePem, parseCertificates, subjectOf, validityAt } from '../pem/certificates.ts';
import { checkPrivateKey } from './check-private-key.ts';
import type { TlsMaterial } from './tls-material.ts';

/** What is wrong, and what soon will be, with certificates: found without any network. */
export interface CertificateFindings {
  readonly problems: readonly Problem[];
  /** Whole sentences, each with the input's name. */
  readonly warnings: readonly string[];
}

const soonDays = 14;
const clientAuth = '1.3.6.1.5.5.7.3.2';

/** Checks what a daemon or buildx would refuse with few words: form, dates, usage, and that the pair is one. */
export function checkCertificates(
  { ca, client }: Pick<TlsMaterial, 'ca' | 'client'>,
  nowMs: number,
): CertificateFindings {
  const authorities = parseCertificates(ca);
  const found = [
    checkForm('caCert', ca),
    checkDates('caCert', freshest(authorities, nowMs), nowMs),
  ];
  if (client !== undefined) found.push(...checkClient(client, nowMs));
  return {
    problems: found.flatMap(({ problems }) => problems),
    warnings: found.flatMap(({ warnings }) => warnings),
  };
}

function checkClient(
  { cert, key }: NonNullable<TlsMaterial['client']>,
  nowMs: number,
): readonly CertificateFindings[] {
  const [leaf] = parseCertificates(cert);
  const keyProblem = checkPrivateKey(key, leaf);
  return [
    checkForm('clientCert', cert),
    checkDates('clientCert', leaf, nowMs),
    checkUsage(leaf),
    findings(keyProblem),
  ];
}

function checkForm(where: string, pem: string): CertificateFindings {
  if (parseCertificates(pem).length > 0) return findings();
  const what = `Expected a certificate in PEM, found ${describePem(pem)}.`;
  return findings({ where, what, change: 'Give what begins with "-----BEGIN CERTIFICATE-----".' });
}

function checkUsage(leaf: X509Certificate | undefined): CertificateFindings {
  // In Node this is the *extended* key usage; a certificate without one may be used for anything.
  const usages = leaf?.keyUsage as readonly string[] | undefined;
  if (usages === undefined || usages.includes(clientAuth)) return findings();
  return findings({
    where: 'clientCert',
    what: 'Expected a certificate for clients, found one without the usage clientAuth.',
    change: 'Issue one with the extended key usage "clientAuth".',
  });
}

function checkDates(
  where: string,
  certificate: X509Certificate | undefined,
  nowMs: number,
): CertificateFindings {
  if (certificate === undefined) return findings();
  const which = `This certificate (${subjectOf(certificate)})`;
  const validity = validityAt(certificate, nowMs);
  switch (validity.kind) {
    case 'expired':
      return findings({
        where,
        what: `${which} expired on ${validity.since}.`,
        change: 'Renew it.',
      });
    case 'early':
      return findings({
        where,
        what: `${which} is valid only from ${validity.from} on.`,
        change: "Check the agent's clock, or wait.",
      });
    case 'current':
      if (validity.days >= soonDays) return findings();
      return {
        problems: [],
        warnings: [`${where}: ${which} expires in ${validity.days} days, on ${validity.until}.`],
      };
  }
}

/** Of several authorities one that is valid now: bundles keep the old one while a new one is rolled out. */
function freshest(
  certificates: readonly X509Certificate[],
  nowMs: number,
): X509Certificate | undefined {
  const current = certificates.find((each) => validityAt(each, nowMs).kind === 'current');
  return current ?? certificates[0];
}

function findings(problem?: Problem): CertificateFindings {
  return { problems: problem === undefined ? [] : [problem], warnings: [] };
}
