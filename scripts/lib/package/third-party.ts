import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Metafile } from 'esbuild';
import { packageFolders } from '../build/package-copies.ts';

/** An npm package some of whose code is in a bundle. */
export interface ThirdParty {
  readonly name: string;
  readonly version: string;
  /** SPDX expression, as the package says it. */
  readonly licence: string;
  /** The texts of its licence and notice files, '' when it brings none. */
  readonly text: string;
}

/** The packages whose code is in these bundles, each version once, sorted by name. */
export async function thirdParties(
  root: string,
  metafiles: readonly Metafile[],
): Promise<readonly ThirdParty[]> {
  const inputs = Object.assign({}, ...metafiles.map(usedInputs)) as Metafile['inputs'];
  const found = await Promise.all(
    packageFolders({ inputs }).map((folder) => describePackage(join(root, folder))),
  );
  const byVersion = new Map(found.map((party) => [`${party.name}@${party.version}`, party]));
  return [...byVersion.values()].sort((a, b) => a.name.localeCompare(b.name, 'en'));
}

function usedInputs({ inputs, outputs }: Metafile): Metafile['inputs'] {
  const used = new Set(
    Object.values(outputs).flatMap((output) =>
      Object.entries(output.inputs).flatMap(([path, { bytesInOutput }]) =>
        bytesInOutput > 0 ? [path] : [],
      ),
    ),
  );
  return Object.fromEntries(Object.entries(inputs).filter(([path]) => used.has(path)));
}

async function describePackage(folder: string): Promise<ThirdParty> {
  const json = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8')) as {
    readonly name: string;
    readonly version: string;
    readonly license?: string;
  };
  const legal = (await readdir(folder)).filter((name) => /^(licen[cs]e|notice)/i.test(name)).sort();
  const texts = await Promise.all(legal.map((name) => readFile(join(folder, name), 'utf8')));
  const { name, version, license = 'not stated' } = json;
  return { name, version, licence: license, text: texts.map((text) => text.trim()).join('\n\n') };
}
