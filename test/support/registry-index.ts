import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { request as httpRequest, type RequestOptions } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { text } from 'node:stream/consumers';
import type { Credentials, Registry } from '../../scripts/lib/playground/options.ts';

const accepted = [
  'application/vnd.oci.image.index.v1+json',
  'application/vnd.docker.distribution.manifest.list.v2+json',
];

/** An image index, as the registry has it. */
export interface PushedIndex {
  readonly digest: string;
  /** Digest of each platform's manifest; attestations are left out. */
  readonly platforms: Readonly<Record<string, string>>;
}

/** The index behind a tag; its digest is computed from what the registry sends. */
export async function pushedIndex(
  registry: Registry,
  image: `${string}:${string}`,
  credentials?: Credentials,
): Promise<PushedIndex> {
  const body = await read(registry, manifestPath(image), credentials);
  const { manifests } = JSON.parse(body) as {
    manifests: { digest: string; platform: { os: string; architecture: string } }[];
  };
  const real = manifests.filter(({ platform }) => platform.os !== 'unknown');
  return {
    digest: `sha256:${createHash('sha256').update(body).digest('hex')}`,
    platforms: Object.fromEntries(
      real.map(({ platform, digest }) => [`${platform.os}/${platform.architecture}`, digest]),
    ),
  };
}

/** The architectures that an image index in a registry offers, sorted; asked of the registry itself. */
export async function architecturesOf(
  registry: Registry,
  image: `${string}:${string}`,
  credentials?: Credentials,
): Promise<string[]> {
  const index = JSON.parse(await read(registry, manifestPath(image), credentials)) as {
    manifests: { platform: { architecture: string } }[];
  };
  return index.manifests.map(({ platform }) => platform.architecture).sort();
}

function manifestPath(image: `${string}:${string}`): string {
  return `/v2/${image.replace(/:([^:]*)$/, '/manifests/$1')}`;
}

async function read(registry: Registry, path: string, credentials?: Credentials): Promise<string> {
  const { host, caFile } = registry;
  const options: RequestOptions = {
    headers: { accept: accepted.join(', ') },
    ...(credentials && { auth: `${credentials.username}:${credentials.password}` }),
  };
  const ca = caFile === undefined ? undefined : await readFile(caFile, 'utf8');
  return new Promise((resolve, reject) => {
    const sent =
      ca === undefined
        ? httpRequest(`http://${host}${path}`, options)
        : httpsRequest(`https://${host}${path}`, { ...options, ca });
    sent.on('response', (response) => {
      if (response.statusCode === 200) text(response).then(resolve, reject);
      else reject(new Error(`${host}${path}: status ${response.statusCode ?? 0}`));
    });
    sent.on('error', reject).end();
  });
}
