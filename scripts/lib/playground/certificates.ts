import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { generate } from 'selfsigned';
import type { ClientCertificates } from './options.ts';

/** A key pair in PEM. */
export interface KeyPair {
  readonly cert: string;
  readonly key: string;
}

/** Paths of all the PEM files of a playground. */
export interface PlaygroundCertificates extends ClientCertificates {
  readonly serverCert: string;
  readonly serverKey: string;
}

type Usage = 'serverAuth' | 'clientAuth';
type Options = NonNullable<Parameters<typeof generate>[1]>;

// A clock that is a little off must not make a fresh certificate "not yet valid".
const clockSkew = 5 * 60_000;
const lifetime = 30 * 24 * 60 * 60_000;

/** A new certificate authority, valid for 30 days; an intermediate one when another vouches for it. */
export async function createAuthority(name: string, root?: KeyPair): Promise<KeyPair> {
  const extensions: Options['extensions'] = [
    { name: 'basicConstraints', cA: true, critical: true },
    { name: 'keyUsage', keyCertSign: true, cRLSign: true, critical: true },
  ];
  return create(name, extensions, root);
}

/** A certificate for 127.0.0.1 and one host, for one usage, signed by an authority. */
export async function issue(
  name: string,
  usage: Usage,
  authority: KeyPair,
  host = 'localhost',
): Promise<KeyPair> {
  const extensions: Options['extensions'] = [
    { name: 'basicConstraints', cA: false, critical: true },
    { name: 'keyUsage', digitalSignature: true, critical: true },
    { name: 'extKeyUsage', [usage]: true },
    {
      name: 'subjectAltName',
      altNames: [
        { type: 2, value: host },
        { type: 7, ip: '127.0.0.1' },
      ],
    },
  ];
  return create(name, extensions, authority);
}

async function create(
  name: string,
  extensions: Options['extensions'],
  ca?: KeyPair,
): Promise<KeyPair> {
  const made = await generate([{ name: 'commonName', value: name }], {
    keyType: 'ec',
    algorithm: 'sha256',
    notBeforeDate: new Date(Date.now() - clockSkew),
    notAfterDate: new Date(Date.now() + lifetime),
    ...(extensions === undefined ? {} : { extensions }),
    ...(ca === undefined ? {} : { ca }),
  });
  return { cert: made.cert, key: made.private };
}

/** Writes an authority, a server and a client pair, and a stranger's authority and client pair. */
export async function writeCertificates(folder: string): Promise<PlaygroundCertificates> {
  const [authority, stranger] = await Promise.all([
    createAuthority('Playground CA'),
    createAuthority('Stranger CA'),
  ]);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const server = await writePair(
    folder,
    'server',
    await issue('localhost', 'serverAuth', authority),
  );
  const client = await writePair(folder, 'client', await issue('client', 'clientAuth', authority));
  const other = await writePair(
    folder,
    'other-client',
    await issue('client', 'clientAuth', stranger),
  );
  return {
    ca: await writePem(folder, 'ca.pem', authority.cert),
    ...client,
    otherCa: await writePem(folder, 'other-ca.pem', stranger.cert),
    otherCert: other.cert,
    otherKey: other.key,
    serverCert: server.cert,
    serverKey: server.key,
  };
}

async function writePair(folder: string, name: string, pair: KeyPair): Promise<KeyPair> {
  const cert = await writePem(folder, `${name}-cert.pem`, pair.cert);
  return { cert, key: await writePem(folder, `${name}-key.pem`, pair.key) };
}

async function writePem(folder: string, name: string, pem: string): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, pem, { mode: 0o600 });
  return path;
}
