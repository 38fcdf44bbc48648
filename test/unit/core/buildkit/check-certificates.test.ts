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

  it('are followed through intermediates, in whatever file they are', async () => {
    const between = await createAuthority('Between', ca);
    const own = await issue('client', 'clientAuth', between);
    const cert = `${own.cert}\n${between.cert}`;
    const well = { problems: [], warnings: [] };
    const check = (authority: string, certs: string) =>
      checkCertificates({ ca: authority, client: { cert: certs, key: own.key } }, now);
    assert.deepEqual(check(ca.cert, cert), well);
    assert.deepEqual(check(`${ca.cert}\n${between.cert}`, own.cert), well);
    assert.deepEqual(check(between.cert, own.cert), well);
    assert.match(
      problems({ cert, key: own.key }, now + 40 * day),
      /^clientCert: .*CN=Between\) exp/m,
    );
  });

  it('may be of another authority than the daemon, which only the daemon can judge', async () => {
    const other = await createAuthority('Other CA');
    const found = checkCertificates({ ca: other.cert, client }, now);
    assert.deepEqual(found, { problems: [], warnings: [] });
  });

  it('warn when an authority has the right name and is another: it was made anew', async () => {
    const anew = await createAuthority('Test CA');
    const { problems: none, warnings } = checkCertificates({ ca: anew.cert, client }, now);
    assert.deepEqual(none, []);
    assert.match(
      warnings.join(),
      /^clientCert: CN=client says that CN=Test CA issued it, but the one in caCert did not/,
    );
    const both = checkCertificates({ ca: anew.cert + ca.cert, client }, now);
    assert.deepEqual(both.warnings, []);
  });

  it('begin with the one that belongs to the key', () => {
    const cert = `${ca.cert}\n${client.cert}`;
    assert.match(
      problems({ cert }),
      /^clientCert: .*\(CN=client\) has to come first, found CN=Test CA before it\. Put it first/m,
    );
  });

  it('warn when the CA is none, but the file of a pair', () => {
    const { warnings } = checkCertificates({ ca: server.cert, client }, now);
    assert.match(warnings.join(), /^caCert: CN=server is no certificate authority/);
  });

  it('never show a key or any part of one', () => {
    const line = client.key.split('\n')[1] ?? '';
    const shown = problems({ ca: client.key, cert: client.key, key: server.key });
    assert.ok(line.length > 20 && !shown.includes(line));
  });
});
