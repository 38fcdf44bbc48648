import { existsSync, readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';

const systemBundle = '/etc/ssl/certs/ca-certificates.crt';

/**
 * Writes the machine's authorities together with one of ours to a file, and returns the variables that
 * make programs written in Go (Podman, buildx) and Node trust it. Podman has no other way than its
 * system-wide folder.
 */
export async function trustAlso(caFile: string, folder: string): Promise<Record<string, string>> {
  const known = process.env['SSL_CERT_FILE'] ?? systemBundle;
  const authorities = existsSync(known) ? readFileSync(known, 'utf8') : '';
  const bundle = join(folder, 'trusted.pem');
  await writeFile(bundle, `${authorities}\n${readFileSync(caFile, 'utf8')}`, { mode: 0o600 });
  return { SSL_CERT_FILE: bundle, NODE_EXTRA_CA_CERTS: bundle };
}
