import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { strFromU8, unzipSync } from 'fflate';
import type { Log } from '../progress.ts';
import { download } from '../toolchain/release-archive.ts';

/** JSON schemas of every Kubernetes from 1.25 to 1.37, as the PyPI package kubernetes-validate collects them. */
const wheel = {
  version: '1.37.0',
  url: 'https://files.pythonhosted.org/packages/b0/50/104f3b5a41aba6737c5f2ffe76270398f3a7320dc4a4f3f88dfd5bc9af63/kubernetes_validate-1.37.0-py3-none-any.whl',
  sha256: '85136d018a27b50ec7fc049d902bfa5193f5976807e6c0f408e3ab6fe078cad9',
};

/** The Kubernetes versions that the chart promises. */
export const kubernetesVersions = Array.from({ length: 10 }, (_, index) => `1.${28 + index}.0`);

/** What kubeconform's `-schema-location` is for schemas in that folder. */
export function schemaLocation(folder: string): string {
  return join(
    folder,
    '{{.NormalizedKubernetesVersion}}-local{{.StrictSuffix}}',
    '{{.ResourceKind}}{{.KindSuffix}}.json',
  );
}

/**
 * Downloads the schemas once and makes them usable without a network.
 * @returns their folder
 * @throws Error when they cannot be downloaded
 */
export async function provideSchemas(cache: string, log: Log): Promise<string> {
  const folder = join(cache, `kubernetes-schemas-${wheel.version}`);
  if (existsSync(folder)) return folder;
  log("downloading the schemas of Kubernetes' objects: 23 MB");
  const downloads = join(cache, 'downloads');
  const result = await download(wheel.url, wheel.sha256, downloads);
  if ('refused' in result) throw new Error(`Schemas of Kubernetes: ${result.refused}`);
  const made = `${folder}.${process.pid}.new`;
  try {
    await unpack(await readFile(result.path), made);
    await rename(made, folder);
  } finally {
    await rm(made, { recursive: true, force: true });
    await rm(downloads, { recursive: true, force: true });
  }
  return folder;
}

async function unpack(archive: Uint8Array, folder: string): Promise<void> {
  const entries = unzipSync(archive, { filter: ({ name }) => isWanted(name) });
  for (const [name, bytes] of Object.entries(entries)) {
    const path = join(folder, name.split('/').slice(-2).join('/'));
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, withoutAddresses(strFromU8(bytes)));
  }
}

function isWanted(name: string): boolean {
  return kubernetesVersions.some((version) => name.includes(`/v${version}-local-strict/`));
}

/** Absolute `$id`s and `$ref`s are addresses that kubeconform would fetch. */
function withoutAddresses(text: string): string {
  return JSON.stringify(
    JSON.parse(text, (key, value: unknown) => {
      if (key === '$id') return undefined;
      const isReference = key === '$ref' && typeof value === 'string';
      return isReference ? value.replace('/api/_definitions.json#', '_definitions.json#') : value;
    }),
  );
}
