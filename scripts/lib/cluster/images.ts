import { chmod, copyFile, mkdir, mkdtemp, rm, symlink } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { execa } from 'execa';
import { executablesNamed } from '../toolchain/search-path.ts';
import { toolPath } from '../toolchain/tool-path.ts';
import { toolNamed, toolVersion } from '../toolchain/tools.ts';
import { localImage } from './configuration.ts';
import { writeOciArchive } from './oci-archive.ts';

/** An image made of programs of this machine. */
interface ImagePlan {
  /** Without the registry; with the tag. */
  readonly name: string;
  /** Paths on this machine by paths in the image; without their libraries for those that are static. */
  readonly files: Readonly<Record<string, string>>;
  /** The image has busybox under the names of all its commands. */
  readonly hasShell?: true;
  readonly entrypoint: readonly string[];
}

/** Stands for docker.io/moby/buildkit: the official image cannot be had on every machine. */
export const buildkitImage = `buildkit:${toolVersion(toolNamed('buildkitd'))}`;

function plans(): readonly ImagePlan[] {
  const [runc = '', init = ''] = ['runc', 'catatonit'].map((name) => executablesNamed(name)[0]);
  return [
    { name: 'pause:1', files: { '/pause': init }, entrypoint: ['/pause', '-P'] },
    { name: 'busybox:1', files: {}, hasShell: true, entrypoint: ['/bin/sh'] },
    {
      name: buildkitImage,
      files: {
        '/usr/bin/buildkitd': toolPath('buildkitd'),
        '/usr/bin/buildctl': toolPath('buildctl'),
        '/usr/bin/runc': runc,
      },
      hasShell: true,
      entrypoint: ['buildkitd'],
    },
    {
      name: 'registry:1',
      files: { '/registry': toolPath('registry') },
      entrypoint: ['/registry', 'serve'],
    },
    { name: 'coredns:1', files: { '/coredns': toolPath('coredns') }, entrypoint: ['/coredns'] },
  ];
}

/** Makes all images of a cluster as archives in a folder. @param debian folder of Debian's packages */
export async function makeClusterImages(folder: string, debian: string): Promise<void> {
  await Promise.all(plans().map((plan) => makeImage(plan, folder, debian)));
}

async function makeImage(plan: ImagePlan, folder: string, debian: string): Promise<void> {
  const root = await mkdtemp(join(folder, 'root.'));
  try {
    await chmod(root, 0o755);
    for (const place of ['tmp', 'etc', 'bin']) await mkdir(join(root, place));
    for (const [target, source] of Object.entries(plan.files)) {
      await copyWithLibraries(source, join(root, target), root);
    }
    if (plan.hasShell) await addShell(root, join(debian, 'bin/busybox'));
    const file = join(folder, `${plan.name.replace(':', '-')}.tar`);
    await writeOciArchive(file, localImage(plan.name), root, plan.entrypoint);
  } finally {
    await rm(root, { recursive: true, force: true });
  }
}

async function copyWithLibraries(source: string, target: string, root: string): Promise<void> {
  await copy(source, target);
  // ldd ends with 1 for a static program.
  const { stdout } = await execa('ldd', [source], { reject: false, timeout: 10_000 });
  for (const [, library = ''] of stdout.matchAll(/(?:=> |^\s*)(\/\S+) \(/gm)) {
    await copy(library, join(root, library));
  }
}

async function addShell(root: string, busybox: string): Promise<void> {
  await copy(busybox, join(root, 'bin/busybox'));
  const { stdout } = await execa(busybox, ['--list'], { timeout: 10_000 });
  for (const name of stdout.split('\n').filter((command) => command !== 'busybox')) {
    await symlink('busybox', join(root, 'bin', basename(name)));
  }
}

async function copy(source: string, target: string): Promise<void> {
  await mkdir(dirname(target), { recursive: true });
  await copyFile(source, target);
}
