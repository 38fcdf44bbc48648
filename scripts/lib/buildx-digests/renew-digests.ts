import { readFile, writeFile } from 'node:fs/promises';
import * as v from 'valibot';
import { officialReleases, releaseFile } from '../../../src/core/buildx/release.ts';
import { UserError } from '../../../src/core/errors.ts';
import { readChecksums } from './read-checksums.ts';

const digest = v.pipe(v.string(), v.hash(['sha256']));
const tableSchema = v.object({ source: v.string(), sha256: v.record(v.string(), digest) });
const limitMs = 30_000;

/** What `fetch` of Node does, as far as we need it. */
export type FetchText = (
  url: string,
  options: { readonly signal: AbortSignal },
) => Promise<{ readonly ok: boolean; readonly status: number; text(): Promise<string> }>;

/**
 * Adds the digests of releases, e.g. `0.37.0`, to the table, and returns the new file names. A digest that
 * is there already never changes: a release that does is no release.
 * @throws UserError
 */
export async function renewDigests(
  table: string,
  versions: readonly string[],
  fetchText: FetchText,
): Promise<readonly string[]> {
  if (versions.length === 0) {
    const change = 'Give some: npx tsx scripts/renew-buildx-digests.ts 0.37.0';
    throw new UserError([{ what: 'Expected versions of buildx, found none.', change }]);
  }
  const { source, sha256 } = v.parse(tableSchema, JSON.parse(await readFile(table, 'utf8')));
  const releases = await Promise.all(versions.map((version) => digestsOf(version, fetchText)));
  const found = Object.assign({}, ...releases) as Readonly<Record<string, string>>;
  refuseChanges(sha256, found);
  const sorted = Object.entries({ ...sha256, ...found }).sort(([left], [right]) =>
    left.localeCompare(right, 'en', { numeric: true }),
  );
  const text = JSON.stringify({ source, sha256: Object.fromEntries(sorted) }, null, 2);
  await writeFile(table, `${text}\n`);
  return Object.keys(found).filter((file) => !(file in sha256));
}

async function digestsOf(
  given: string,
  fetchText: FetchText,
): Promise<Readonly<Record<string, string>>> {
  const version = given.replace(/^v/, '');
  const url = `${officialReleases}/v${version}/checksums.txt`;
  const response = await fetchText(url, { signal: AbortSignal.timeout(limitMs) });
  if (!response.ok) {
    const what = `${url} answers HTTP ${response.status}.`;
    throw new UserError([{ what, change: 'Check the version.' }]);
  }
  const digests = readChecksums(await response.text());
  const files = [releaseFile(version, 'amd64'), releaseFile(version, 'arm64')];
  const missing = files.filter((file) => !(file in digests));
  if (missing.length === 0) return digests;
  const what = `${url} has no line for ${missing.join(' and ')}.`;
  throw new UserError([{ what, change: 'Look at the file: its form may have changed.' }]);
}

function refuseChanges(
  known: Readonly<Record<string, string>>,
  found: Readonly<Record<string, string>>,
): void {
  const changed = Object.keys(found).filter((file) => file in known && known[file] !== found[file]);
  if (changed.length === 0) return;
  throw new UserError(
    changed.map((file) => ({
      where: file,
      what: `Expected SHA-256 ${known[file] ?? ''}, found ${found[file] ?? ''}.`,
      change: 'A release must not change: find out why it did before you edit the table by hand.',
    })),
  );
}
