import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { execa } from 'execa';
import { architectures } from '../toolchain/architecture.ts';

const layout = 'application/vnd.oci.image';
const limit = 60_000;
const path = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';

interface Blob {
  readonly digest: string;
  readonly size: number;
}

/**
 * Packs a folder as an image of one layer (OCI Image Layout, as a tar file), owned by root.
 * @param name full name with tag, as containerd will know it
 * @param entrypoint argv of a container that says nothing else
 */
export async function writeOciArchive(
  file: string,
  name: string,
  root: string,
  entrypoint: readonly string[],
): Promise<void> {
  const folder = await mkdtemp(`${file}.`);
  try {
    await mkdir(join(folder, 'blobs/sha256'), { recursive: true });
    const layer = await layerOf(folder, root);
    const config = await addJson(folder, {
      ...{ architecture: architectures().native, os: 'linux' },
      config: { Entrypoint: entrypoint, Env: [`PATH=${path}`], WorkingDir: '/' },
      rootfs: { type: 'layers', diff_ids: [layer.digest] },
    });
    const manifest = await addJson(folder, {
      ...{ schemaVersion: 2, mediaType: `${layout}.manifest.v1+json` },
      config: { mediaType: `${layout}.config.v1+json`, ...config },
      layers: [{ mediaType: `${layout}.layer.v1.tar`, ...layer }],
    });
    await writeIndex(folder, name, manifest);
    await tar(file, folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function layerOf(folder: string, root: string): Promise<Blob> {
  const file = join(folder, 'layer');
  await tar(file, root);
  const { stdout } = await execa('sha256sum', [file], { timeout: limit });
  const hex = stdout.split(' ')[0] ?? '';
  const { size } = await stat(file);
  await rename(file, join(folder, 'blobs/sha256', hex));
  return { digest: `sha256:${hex}`, size };
}

async function addJson(folder: string, content: object): Promise<Blob> {
  const text = JSON.stringify(content);
  const hex = createHash('sha256').update(text).digest('hex');
  await writeFile(join(folder, 'blobs/sha256', hex), text);
  return { digest: `sha256:${hex}`, size: text.length };
}

async function writeIndex(folder: string, name: string, manifest: Blob): Promise<void> {
  const annotations = { 'io.containerd.image.name': name };
  const entry = { mediaType: `${layout}.manifest.v1+json`, ...manifest, annotations };
  const index = { schemaVersion: 2, mediaType: `${layout}.index.v1+json`, manifests: [entry] };
  await writeFile(join(folder, 'index.json'), JSON.stringify(index));
  await writeFile(join(folder, 'oci-layout'), JSON.stringify({ imageLayoutVersion: '1.0.0' }));
}

async function tar(file: string, folder: string): Promise<void> {
  const owner = ['--owner=0', '--group=0', '--numeric-owner', '--sort=name', '--mtime=@0'];
  await execa('tar', ['--create', '--file', file, ...owner, '--directory', folder, '.'], {
    timeout: limit,
  });
}
