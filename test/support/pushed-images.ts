import { createHash, randomBytes } from 'node:crypto';

/** An image of one random layer in a registry. */
export interface PushedImage {
  readonly repository: string;
  readonly tag: string;
  readonly digest: string;
  readonly layer: string;
}

const manifestType = 'application/vnd.oci.image.manifest.v1+json';
const digestOf = (bytes: Uint8Array): string =>
  `sha256:${createHash('sha256').update(bytes).digest('hex')}`;

/** Pushes an image of so many bytes by the registry's API (OCI distribution specification). */
export async function pushImage(
  origin: string,
  name: string,
  tag: string,
  { bytes = 1000, headers = {} }: { bytes?: number; headers?: Record<string, string> } = {},
): Promise<PushedImage> {
  const config = Buffer.from('{"architecture":"amd64","os":"linux"}');
  const layer = randomBytes(bytes);
  for (const blob of [config, layer]) await pushBlob(origin, name, blob, headers);
  const describe = (blob: Uint8Array, mediaType: string) => ({
    mediaType,
    digest: digestOf(blob),
    size: blob.length,
  });
  const manifest = JSON.stringify({
    schemaVersion: 2,
    mediaType: manifestType,
    config: describe(config, 'application/vnd.oci.image.config.v1+json'),
    layers: [describe(layer, 'application/vnd.oci.image.layer.v1.tar')],
  });
  await expectOk(`${origin}/v2/${name}/manifests/${tag}`, {
    method: 'PUT',
    body: manifest,
    headers: { ...headers, 'content-type': manifestType },
  });
  const digest = digestOf(Buffer.from(manifest));
  return { repository: name, tag, digest, layer: digestOf(layer) };
}

async function pushBlob(
  origin: string,
  name: string,
  blob: Uint8Array,
  headers: Record<string, string>,
): Promise<void> {
  const begun = await expectOk(`${origin}/v2/${name}/blobs/uploads/`, { method: 'POST', headers });
  const upload = new URL(begun.headers.get('location') ?? '', origin);
  upload.searchParams.set('digest', digestOf(blob));
  await expectOk(upload.href, { method: 'PUT', body: Buffer.from(blob), headers });
}

/** Status of a pull of the manifest, then of the layer: 200 only when both came whole. */
export async function pullStatus(
  origin: string,
  { repository, tag, layer }: PushedImage,
  headers: Record<string, string> = {},
): Promise<number> {
  const accept = { ...headers, accept: manifestType };
  const manifest = await fetch(`${origin}/v2/${repository}/manifests/${tag}`, { headers: accept });
  await manifest.arrayBuffer();
  if (manifest.status !== 200) return manifest.status;
  const blob = await fetch(`${origin}/v2/${repository}/blobs/${layer}`, { headers });
  const content = Buffer.from(await blob.arrayBuffer());
  if (blob.status === 200 && digestOf(content) !== layer) throw new Error('The layer came cut.');
  return blob.status;
}

async function expectOk(url: string, init: RequestInit): Promise<Response> {
  const response = await fetch(url, init);
  if (!response.ok) throw new Error(`${url}: ${response.status} ${await response.text()}`);
  return response;
}
