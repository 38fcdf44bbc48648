import { readdir } from 'node:fs/promises';
import { execa } from 'execa';

const limit = 120_000;

/** Gives containerd all archives of a folder, which is `/run/cluster/images` inside the node. */
export async function importImages(folder: string, launcher: readonly string[]): Promise<void> {
  const archives = (await readdir(folder)).filter((name) => name.endsWith('.tar'));
  await Promise.all(archives.map((name) => importImage(name, launcher)));
}

async function importImage(name: string, launcher: readonly string[]): Promise<void> {
  const [file = '', ...enter] = launcher;
  const ctr = ['/run/debian/usr/bin/ctr', '--namespace=k8s.io', 'images', 'import'];
  const result = await execa(file, [...enter, ...ctr, `/run/cluster/images/${name}`], {
    ...{ reject: false, all: true, stdin: 'ignore', timeout: limit },
  });
  if (result.exitCode === 0) return;
  throw new Error(`containerd did not take the image ${name}: ${result.all || result.message}`);
}
