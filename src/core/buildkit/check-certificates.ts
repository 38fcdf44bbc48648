import type { X509Certificate } from 'node:crypto';
import { describePem, parseCertificates, validityAt } from '../pem/certificates.ts';
import {
  type CertificateFindings,
  checkDates,
  findings,
  together,
} from './certificate-findings.ts';
import { checkAuthorities, checkChain } from './check-chain.ts';
import { checkPrivateKey } from './check-private-key.ts';
import type { TlsMaterial } from './tls-material.ts';

const clientAuth = '1.3.6.1.5.5.7.3.2';

/** Checks what a daemon or buildx would refuse with few words: form, dates, usage, chain, and that the pair is one. */
export function checkCertificates(
  { ca, client }: Pick<TlsMaterial, 'ca' | 'client'>,
  nowMs: number,
): CertificateFindings {
  const authorities = parseCertificates(ca);
  return together([
    checkForm('caCert', ca),
    checkDates('caCert', freshest(authorities, nowMs), nowMs),
    checkAuthorities(authorities),
    ...(client === undefined ? [] : checkClient(client, authorities, nowMs)),
  ]);
}

function checkClient(
  { cert, key }: NonNullable<TlsMaterial['client']>,
  authorities: readonly X509Certificate[],
  nowMs: number,
): readonly CertificateFindings[] {
  const certificates = parseCertificates(cert);
  const [leaf] = certificates;
  return [
    checkForm('clientCert', cert),
    checkDates('clientCert', leaf, nowMs),
    checkUsage(leaf),
    checkChain(certificates, authorities, nowMs),
    findings(checkPrivateKey(key, certificates)),
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

/** Of several authorities one that is valid now: bundles keep the old one while a new one is rolled out. */
function freshest(
  certificates: readonly X509Certificate[],
  nowMs: number,
): X509Certificate | undefined {
  const current = certificates.find((each) => validityAt(each, nowMs).kind === 'current');
  return current ?? certificates[0];
}
