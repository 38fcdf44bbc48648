import { type KeyObject, type X509Certificate, createPrivateKey } from 'node:crypto';
import type { Problem } from '../errors.ts';
import { describePem, subjectOf } from '../pem/certificates.ts';
import { pemBlocks } from '../pem/pem.ts';

/**
 * The problem of the client's key, as buildx would meet it: encrypted, no key, or another pair's.
 * @param certificates the client's own first, as TLS wants it
 */
export function checkPrivateKey(
  pem: string,
  certificates: readonly X509Certificate[],
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
  const [first] = certificates;
  if (first === undefined || first.checkPrivateKey(key)) return undefined;
  const own = certificates.find((one) => one.checkPrivateKey(key));
  if (own !== undefined) return misplaced(first, own);
  return atKey(
    'This key does not belong to the certificate in clientCert.',
    'Give both of one pair.',
  );
}

function misplaced(first: X509Certificate, own: X509Certificate): Problem {
  return {
    where: 'clientCert',
    what: `The certificate of clientKey (${subjectOf(own)}) has to come first, found ${subjectOf(first)} before it.`,
    change: 'Put it first, and those that issued it after it.',
  };
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
