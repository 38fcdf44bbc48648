import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  type FetchText,
  renewDigests,
} from '../../../../../scripts/lib/buildx-digests/renew-digests.ts';

const digest = (hex: string) => hex.repeat(64);

/** As docker/buildx publishes it: `digest *file`, all platforms. */
const checksums = [
  `${digest('a')} *buildx-v0.37.0.darwin-amd64`,
  `${digest('b')} *buildx-v0.37.0.linux-amd64`,
  `${digest('c')} *buildx-v0.37.0.linux-arm64`,
  `${digest('d')} *buildx-v0.37.0.linux-arm64.sbom.json`,
  '',
].join('\n');

const answering =
  (text: string, status = 200): FetchText =>
  () =>
    Promise.resolve({ ok: status === 200, status, text: () => Promise.resolve(text) });

describe('renewing the table of buildx digests', () => {
  let folder: string;
  let table: string;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'digests-'));
    table = join(folder, 'table.json');
    const sha256 = { 'buildx-v0.36.1.linux-amd64': digest('e') };
    await writeFile(table, JSON.stringify({ source: 'x', sha256 }));
  });

  afterEach(() => rm(folder, { recursive: true }));

  it('adds the Linux binaries of a release, and keeps the others', async () => {
    const added = await renewDigests(table, ['v0.37.0'], answering(checksums));
    assert.deepEqual(added, ['buildx-v0.37.0.linux-amd64', 'buildx-v0.37.0.linux-arm64']);
    const { sha256 } = JSON.parse(await readFile(table, 'utf8')) as { sha256: object };
    assert.deepEqual(sha256, {
      'buildx-v0.36.1.linux-amd64': digest('e'),
      'buildx-v0.37.0.linux-amd64': digest('b'),
      'buildx-v0.37.0.linux-arm64': digest('c'),
    });
  });

  it('refuses a release that has changed', async () => {
    const changed = checksums.replaceAll('0.37.0', '0.36.1');
    await assert.rejects(
      renewDigests(table, ['0.36.1'], answering(changed)),
      /buildx-v0\.36\.1\.linux-amd64: Expected SHA-256 e+, found b+\./,
    );
  });

  it('refuses a release that lacks a binary, one that is not there, and no version at all', async () => {
    await assert.rejects(renewDigests(table, ['0.37.1'], answering(checksums)), /no line for/);
    await assert.rejects(renewDigests(table, ['9.9.9'], answering('', 404)), /HTTP 404/);
    await assert.rejects(renewDigests(table, [], answering('')), /found none/);
  });
});
