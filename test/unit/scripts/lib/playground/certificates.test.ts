import assert from 'node:assert/strict';
import { X509Certificate } from 'node:crypto';
import { readFile, mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'mocha';
import {
  writeCertificates,
  type PlaygroundCertificates,
} from '../../../../../scripts/lib/playground/certificates.ts';

describe('The certificates of a playground', () => {
  let folder: string;
  let files: PlaygroundCertificates;

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'certificates-'));
    files = await writeCertificates(join(folder, 'new'));
  });

  after(() => rm(folder, { recursive: true }));

  it('name the server as clients on this machine call it', async () => {
    const server = await read(files.serverCert);
    assert.equal(server.checkHost('localhost'), 'localhost');
    assert.equal(server.checkIP('127.0.0.1'), '127.0.0.1');
  });

  it('are signed by the authority, for one usage each', async () => {
    const authority = await read(files.ca);
    assert.ok(authority.ca);
    for (const [file, usage] of [
      [files.serverCert, '1.3.6.1.5.5.7.3.1'],
      [files.cert, '1.3.6.1.5.5.7.3.2'],
    ] as const) {
      const certificate = await read(file);
      assert.ok(certificate.verify(authority.publicKey), file);
      assert.deepEqual(certificate.keyUsage, [usage]);
    }
  });

  it('come with those of a stranger that the authority did not sign', async () => {
    const [authority, other] = [await read(files.ca), await read(files.otherCert)];
    assert.equal(other.verify(authority.publicKey), false);
    assert.ok(other.verify((await read(files.otherCa)).publicKey));
  });

  it('are valid already on a clock that is two minutes slow', async () => {
    const { validFrom } = await read(files.cert);
    assert.ok(Date.parse(validFrom) < Date.now() - 120_000);
  });

  it('keep keys and the folder from other users', async () => {
    for (const file of [files.key, files.serverKey, files.otherKey]) {
      assert.equal((await stat(file)).mode & 0o777, 0o600);
    }
    assert.equal((await stat(join(folder, 'new'))).mode & 0o777, 0o700);
  });

  async function read(file: string): Promise<X509Certificate> {
    return new X509Certificate(await readFile(file));
  }
});
