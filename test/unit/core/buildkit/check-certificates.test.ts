import assert from 'node:assert/strict';
import { X509Certificate, createPrivateKey } from 'node:crypto';
import {
  type KeyPair,
  createAuthority,
  issue,
} from '../../../../scripts/lib/playground/certificates.ts';
import { checkCertificates } from '../../../../src/core/buildkit/check-certificates.ts';
import { describeProblem } from '../../../../src/core/errors.ts';

const day = 86_400_000;
const now = Date.now();

describe('certificates, before any network', () => {
  let ca: KeyPair;
  let client: KeyPair;
  let server: KeyPair;

  before(async () => {
    ca = await createAuthority('Test CA');
    [client, server] = await Promise.all([
      issue('client', 'clientAuth', ca),
      issue('server', 'serverAuth', ca),
    ]);
  });

  const problems = (
    material: { readonly ca?: string; readonly cert?: string; readonly key?: string },
    at = now,
  ): string => {
    const pair = { cert: material.cert ?? client.cert, key: material.key ?? client.key };
    const found = checkCertificates({ ca: material.ca ?? ca.cert, client: pair }, at);
    return found.problems.map(describeProblem).join('\n');
  };

  it('are well when they parse, are current, are a pair and may be used by clients', () => {
    assert.deepEqual(checkCertificates({ ca: ca.cert, client }, now), {
      problems: [],
      warnings: [],
    });
    assert.deepEqual(checkCertificates({ ca: ca.cert }, now), { problems: [], warnings: [] });
  });

  it('are told with all their problems at once, each with its input', () => {
    const found = problems({ ca: 'nonsense', cert: '', key: ca.cert });
    assert.match(found, /^caCert: Expected a certificate in PEM, found something that is not PEM/m);
    assert.match(found, /^clientCert: Expected a certificate in PEM, found nothing/m);
    assert.match(found, /^clientKey: Expected a private key in PEM, found .*CERTIFICATE/m);
  });

  it('have a key that belongs to the certificate', () => {
    assert.match(problems({ key: server.key }), /^clientKey: This key does not belong to/);
  });

  it('have a key without a passphrase, in the newer and in the older form', () => {
    const key = createPrivateKey(client.key);
    const locked = { cipher: 'aes-256-cbc', passphrase: 'x', format: 'pem' } as const;
    for (const type of ['pkcs8', 'sec1'] as const) {
      const encrypted = key.export({ ...locked, type }).toString();
      assert.match(problems({ key: encrypted }), /^clientKey: .*encrypted/);
    }
  });

  it('do not mistake a server certificate for a client certificate', () => {
    assert.match(problems(server), /^clientCert: .*without the usage clientAuth/);
  });

  it('have not expired, and are valid already', () => {
    assert.match(
      problems({}, now + 40 * day),
      /^clientCert: This certificate \(CN=client\) expired on \d{4}-/m,
    );
    assert.match(problems({}, now + 40 * day), /^caCert: .*CN=Test CA.*expired/m);
    assert.match(problems({}, now - day), /^caCert: .*valid only from .* Check the agent's clock/m);
  });

  it('warn in their last 14 days', () => {
    const endMs = Date.parse(new X509Certificate(client.cert).validTo);
    const found = checkCertificates({ ca: ca.cert, client }, endMs - 9.5 * day);
    assert.deepEqual(found.problems, []);
    assert.match(
      found.warnings.join('\n'),
      /^caCert: .*expires in \d days, on \d{4}-\d\d-\d\d\.\nclientCert: .*expires in 9 days/,
    );
    assert.deepEqual(checkCertificates({ ca: ca.cert, client }, endMs - 15 * day).warnings, []);
  });

  it('never show a key or any part of one', () => {
    const line = client.key.split('\n')[1] ?? '';
    const shown = problems({ ca: client.key, cert: client.key, key: server.key });
    assert.ok(line.length > 20 && !shown.includes(line));
  });
});
