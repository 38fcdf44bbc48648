import { createHash } from 'node:crypto';
import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';

interface Descriptor {
  readonly digest: string;
  readonly size: number;
}

interface AnyManifest {
  readonly mediaType?: string;
  readonly manifests?: readonly Descriptor[];
  readonly config?: Descriptor;
  readonly layers?: readonly Descriptor[];
}

const accept = ['image.index.v1', 'image.manifest.v1']
  .map((type) => `application/vnd.oci.${type}+json`)
  .join(', ');

/** Digest of a tag or manifest; undefined when the registry has none. */
export async function digestIn(
  origin: string,
  repository: string,
  reference: string,
): Promise<string | undefined> {
  const url = `${origin}/v2/${repository}/manifests/${reference}`;
  const response = await fetch(url, { method: 'HEAD', headers: { accept } });
  return response.headers.get('docker-content-digest') ?? undefined;
}

/** The texts of a manifest and of those in it, by digest. */
export async function manifestsOf(
  origin: string,
  repository: string,
  reference: string,
): Promise<ReadonlyMap<string, string>> {
  const text = await read(`${origin}/v2/${repository}/manifests/${reference}`);
  const { manifests = [] } = JSON.parse(text.toString()) as AnyManifest;
  const below = await Promise.all(
    manifests.map(({ digest }) => manifestsOf(origin, repository, digest)),
  );
  return new Map([[digestOf(text), text.toString()], ...below.flatMap((one) => [...one])]);
}

/** Pulls an image of every platform with every blob, and checks each digest. @returns the number of things pulled */
export async function pullWhole(origin: string, repository: string, tag: string): Promise<number> {
  const manifests = await manifestsOf(origin, repository, tag);
  const blobs = [...manifests.values()].flatMap((text) => {
    const { config, layers = [] } = JSON.parse(text) as AnyManifest;
    return [...(config ? [config] : []), ...layers];
  });
  for (const { digest } of blobs) {
    const content = await read(`${origin}/v2/${repository}/blobs/${digest}`);
    if (digestOf(content) !== digest) throw new Error(`${digest} came damaged.`);
  }
  return manifests.size + blobs.length;
}

async function read(url: string): Promise<Buffer> {
  const response = await fetch(url, { headers: { accept } });
  if (!response.ok) throw new Error(`${url}: ${response.status}`);
  return Buffer.from(await response.arrayBuffer());
}

function digestOf(content: Uint8Array): string {
  return `sha256:${createHash('sha256').update(content).digest('hex')}`;
}

/** Bytes of all blobs that a registry keeps in its folder. */
export async function storedBytes(storageDir: string): Promise<number> {
  const folder = join(storageDir, 'docker/registry/v2/blobs');
  const files = await readdir(folder, { recursive: true });
  const sizes = files
    .filter((file) => file.endsWith('/data'))
    .map(async (file) => (await readFile(join(folder, file))).length);
  return (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0);
}
