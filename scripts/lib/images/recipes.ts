import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Architecture, Architectures } from '../toolchain/architecture.ts';

/** How an image that Docker Hub would give us is made from Debian's packages. */
export interface Recipe {
  /** Repository below `library/`, and folder in scripts/images with its Dockerfile. */
  readonly name: string;
  readonly tags: readonly string[];
  readonly architectures: 'native' | 'both';
  /** mmdebstrap's arguments for the `root-ARCHITECTURE.tar` that its Dockerfile adds. */
  readonly rootFileSystem?: readonly string[];
  /** The recipe whose image its Dockerfile starts from. */
  readonly base?: Recipe;
  /** How long the first time takes on two cores. */
  readonly takes: string;
}

const imagesFolder = fileURLToPath(new URL('../../images', import.meta.url));

// What the official "slim" images leave out.
const withoutDocumentation = ['doc', 'info', 'lintian', 'linda', 'locale', 'man', 'groff']
  .map((folder) => `path-exclude=/usr/share/${folder}/*`)
  .concat('path-include=/usr/share/doc/*/copyright', 'path-include=/usr/share/locale/locale.alias');

const debian: Recipe = {
  name: 'debian',
  tags: ['bookworm-slim'],
  architectures: 'both',
  rootFileSystem: [
    '--variant=minbase',
    ...withoutDocumentation.map((line) => `--dpkgopt=${line}`),
    '--aptopt=Acquire::Languages "none"',
  ],
  takes: 'about 3 minutes, most of it under QEMU',
};

/** Bases before what starts from them. */
export const recipes: readonly Recipe[] = [
  {
    name: 'busybox',
    tags: ['1', 'latest'],
    architectures: 'both',
    rootFileSystem: ['--variant=extract', '--include=busybox-static'],
    takes: 'about 10 seconds',
  },
  debian,
  {
    name: 'postgres',
    tags: ['15', 'latest'],
    architectures: 'native',
    base: debian,
    takes: 'about a minute',
  },
  {
    name: 'redis',
    tags: ['7', 'latest'],
    architectures: 'native',
    base: debian,
    takes: 'half a minute',
  },
  {
    name: 'mariadb',
    tags: ['10.11', 'latest'],
    architectures: 'native',
    base: debian,
    takes: 'about a minute',
  },
  {
    name: 'rabbitmq',
    tags: ['3', 'latest'],
    architectures: 'native',
    base: debian,
    takes: 'about a minute',
  },
];

/** The folder with the recipe's Dockerfile. */
export function recipeFolder(recipe: Recipe): string {
  return join(imagesFolder, recipe.name);
}

/**
 * The architectures a recipe is made for here.
 * @param emulated whether this machine runs programs of the foreign architecture
 */
export function architecturesOf(
  recipe: Recipe,
  { native, foreign }: Architectures,
  emulated: boolean,
): Architecture[] {
  return recipe.architectures === 'both' && emulated ? [native, foreign] : [native];
}

/** Changes exactly when the image has to be made again: SHA-256 (hex) over all that goes into it. */
export function recipeHash(recipe: Recipe, architectures: readonly Architecture[]): string {
  const { name, tags, rootFileSystem, base } = recipe;
  const folder = recipeFolder(recipe);
  const files = readdirSync(folder).sort();
  const contents = files.map((file) => [file, readFileSync(join(folder, file), 'utf8')]);
  const under = base === undefined ? undefined : recipeHash(base, architectures);
  const parts = JSON.stringify([name, tags, architectures, rootFileSystem, under, contents]);
  return createHash('sha256').update(parts).digest('hex');
}
