import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { type TabBundle, tabFolder } from '../build/bundle-tab.ts';
import type { TaskBundle } from '../build/bundle-tasks.ts';
import type { Task } from '../task-json/read-tasks.ts';
import { type ExtensionManifest, readManifest } from './manifest.ts';
import { notices } from './notices.ts';
import type { PackageFile } from './package-file.ts';
import { packedManifest } from './packed-manifest.ts';
import { taskFiles } from './task-files.ts';
import { thirdParties } from './third-party.ts';

/** Writes the exact package tree into a fresh folder and returns the manifest that packs it. */
export async function stagePackage(
  root: string,
  stage: string,
  tasks: readonly Task[],
  bundles: readonly TaskBundle[],
  tab: TabBundle,
): Promise<ExtensionManifest> {
  const own = await readManifest(root);
  const { icons, content, screenshots } = own;
  const pictures = [icons.default, ...screenshots.map(({ path }) => path)];
  const pages = [...pictures, content.details.path, content.license.path].map(async (path) => ({
    path,
    content: await readFile(join(root, path)),
  }));
  const files = await stagedFiles(root, tasks, bundles, tab);
  const manifest = packedManifest(own, tasks, files);
  await rm(stage, { recursive: true, force: true });
  const json = { path: 'vss-extension.json', content: Buffer.from(JSON.stringify(manifest)) };
  for (const file of [...(await Promise.all(pages)), ...files, json]) {
    await mkdir(dirname(join(stage, file.path)), { recursive: true });
    await writeFile(join(stage, file.path), file.content);
  }
  return manifest;
}

/** What the manifest lists itself; icon, page and licence it names by their own keys. */
async function stagedFiles(
  root: string,
  tasks: readonly Task[],
  bundles: readonly TaskBundle[],
  tab: TabBundle,
): Promise<readonly PackageFile[]> {
  const perTask = tasks.map(async (task) => {
    const bundle = bundles.find((candidate) => candidate.task === task.name);
    return bundle === undefined ? [] : taskFiles(root, task, bundle);
  });
  const web = tab.files.map(async ({ name }) => ({
    path: `web/${name}`,
    content: await readFile(join(root, tabFolder, name)),
  }));
  const metafiles = [...bundles, tab].map(({ metafile }) => metafile);
  const parties = await thirdParties(root, metafiles);
  const legal = { path: 'THIRD-PARTY-NOTICES.txt', content: Buffer.from(notices(parties)) };
  return [...(await Promise.all(perTask)).flat(), ...(await Promise.all(web)), legal];
}
