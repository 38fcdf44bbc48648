import { cp, mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { reportingProgress, type Log } from '../progress.ts';
import { architectures, type Architecture } from '../toolchain/architecture.ts';
import { mirrorStorage } from './image-source.ts';
import { architecturesOf, recipeFolder, recipeHash, recipes, type Recipe } from './recipes.ts';
import { makeRootFileSystem } from './root-file-system.ts';
import { withWorkshop, type Workshop } from './workshop.ts';

/** A recipe whose image is missing or was made from another state of it. */
interface Order {
  readonly recipe: Recipe;
  readonly architectures: readonly Architecture[];
  readonly hash: string;
}

/**
 * Makes every image whose recipe changed since it was last made, and puts it into the mirror's storage.
 * @param emulated whether this machine runs programs of the foreign architecture
 */
export async function makeImages(cache: string, emulated: boolean, log: Log): Promise<void> {
  const orders = await outstanding(cache, emulated);
  if (orders.length === 0) return;
  await withWorkshop(join(cache, 'workshop'), mirrorStorage('made', cache), async (workshop) => {
    for (const order of orders) {
      const names = order.recipe.tags.map((tag) => `${order.recipe.name}:${tag}`);
      const what = `${names.join(', ')} for ${order.architectures.join(' and ')}`;
      log(`making ${what} from Debian packages: ${order.recipe.takes}`);
      await reportingProgress(log, `making ${names[0] ?? ''}`, make(order, names, workshop, cache));
      await remember(cache, order);
    }
  });
}

async function outstanding(cache: string, emulated: boolean): Promise<Order[]> {
  const orders = recipes.map((recipe) => {
    const made = architecturesOf(recipe, architectures(), emulated);
    return { recipe, architectures: made, hash: recipeHash(recipe, made) };
  });
  const known = await Promise.all(orders.map((order) => madeHash(cache, order.recipe)));
  return orders.filter((order, index) => order.hash !== known[index]);
}

async function make(
  { recipe, architectures: made }: Order,
  names: readonly string[],
  workshop: Workshop,
  cache: string,
): Promise<void> {
  const context = await mkdtemp(join(cache, 'workshop', 'run', 'context-'));
  try {
    await cp(recipeFolder(recipe), context, { recursive: true });
    for (const architecture of recipe.rootFileSystem === undefined ? [] : made) {
      const tarFile = join(context, `root-${architecture}.tar`);
      await makeRootFileSystem(recipe.rootFileSystem ?? [], architecture, tarFile);
    }
    const platforms = made.map((architecture) => `linux/${architecture}`);
    await workshop.build(context, names, platforms);
  } finally {
    await rm(context, { recursive: true, force: true });
  }
}

/** The record beside the storage appears only after the push, so a run killed half-way makes it again. */
async function remember(cache: string, { recipe, hash }: Order): Promise<void> {
  const path = recordOf(cache, recipe);
  await mkdir(join(path, '..'), { recursive: true });
  const fresh = `${path}.${process.pid}.new`;
  await writeFile(fresh, hash);
  await rename(fresh, path);
}

function madeHash(cache: string, recipe: Recipe): Promise<string | undefined> {
  return readFile(recordOf(cache, recipe), 'utf8').catch(() => undefined);
}

function recordOf(cache: string, recipe: Recipe): string {
  return join(mirrorStorage('made', cache), '.recipes', recipe.name);
}
