import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { generate } from 'selfsigned';
import { type KeyPair, createAuthority, issue } from '../playground/certificates.ts';

/** Paths of PEM files: everything that can be right and wrong about TLS to one daemon. */
export interface CertificateFiles {
  readonly ca: string;
  /** Signed nothing of the daemon's. */
  readonly strangerCa: string;
  readonly server: KeyPair;
  readonly expiredServer: KeyPair;
  readonly client: KeyPair;
  readonly strangerClient: KeyPair;
  readonly expiredClient: KeyPair;
}

const day = 86_400_000;

export async function writeCertificateFiles(folder: string): Promise<CertificateFiles> {
  await mkdir(folder, { recursive: true });
  const [authority, stranger] = await Promise.all([
    createAuthority('CA'),
    createAuthority('Other CA'),
  ]);
  const write = async (name: string, pem: string): Promise<string> => {
    await writeFile(join(folder, name), pem, { mode: 0o600 });
    return join(folder, name);
  };
  const pair = async (name: string, made: Promise<KeyPair>): Promise<KeyPair> => {
    const { cert, key } = await made;
    return {
      cert: await write(`${name}-cert.pem`, cert),
      key: await write(`${name}-key.pem`, key),
    };
  };
  return {
    ca: await write('ca.pem', authority.cert),
    strangerCa: await write('stranger-ca.pem', stranger.cert),
    server: await pair('server', issue('localhost', 'serverAuth', authority)),
    expiredServer: await pair('expired-server', expired(authority)),
    client: await pair('client', issue('client', 'clientAuth', authority)),
    strangerClient: await pair('stranger-client', issue('client', 'clientAuth', stranger)),
    expiredClient: await pair('expired-client', expired(authority)),
  };
}

/** For localhost and 127.0.0.1, any usage; ran out yesterday. */
async function expired(authority: KeyPair): Promise<KeyPair> {
  const names = [
    { type: 2 as const, value: 'localhost' },
    { type: 7 as const, ip: '127.0.0.1' },
  ];
  const made = await generate([{ name: 'commonName', value: 'localhost' }], {
    keyType: 'ec',
    algorithm: 'sha256',
    notBeforeDate: new Date(Date.now() - 2 * day),
    notAfterDate: new Date(Date.now() - day),
    ca: authority,
    extensions: [{ name: 'subjectAltName', altNames: names }],
  });
  return { cert: made.cert, key: made.private };
}
