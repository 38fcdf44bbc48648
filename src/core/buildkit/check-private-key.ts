import { type KeyObject, type X509Certificate, createPrivateKey } from 'node:crypto';
import type { Problem } from '../errors.ts';
import { describePem } from '../pem/certificates.ts';
import { pemBlocks } from '../pem/pem.ts';

/** The problem of the client's key, as buildx would meet it: encrypted, no key, or another pair's. */
export function checkPrivateKey(
  pem: string,
  certificate: X509Certificate | undefined,
): Problem | undefined {
  if (pem.includes('ENCRYPTED')) {
    return atKey(
      'Expected a key without a passphrase, found an encrypted one, which buildx cannot read.',
      'Decrypt it with "openssl pkey", and keep it in a secret variable or a secure file.',
    );
  }
  const key = parsePrivateKey(pem);
  if (key === undefined) {
    const what = `Expected a private key in PEM, found ${describePem(pem)}.`;
    return atKey(what, 'Give the key that belongs to clientCert.');
  }
  if (certificate === undefined || certificate.checkPrivateKey(key)) return undefined;
  return atKey(
    'This key does not belong to the certificate in clientCert.',
    'Give both of one pair.',
  );
}

function atKey(what: string, change: string): Problem {
  return { where: 'clientKey', what, change };
}

function parsePrivateKey(pem: string): KeyObject | undefined {
  const key = pemBlocks(pem).find(({ label }) => label.endsWith('PRIVATE KEY'));
  try {
    return key === undefined ? undefined : createPrivateKey(key.pem);
  } catch {
    return undefined;
  }
}
