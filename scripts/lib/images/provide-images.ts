import type { Log } from '../progress.ts';
import { isReachable } from '../toolchain/reachable.ts';
import { dockerHub, rememberedSource, rememberSource, type ImageSource } from './image-source.ts';
import { makeImages } from './make-images.ts';

/**
 * Decides once where base images come from, and makes them where Docker Hub cannot be reached.
 * @param emulated whether this machine runs programs of the foreign architecture
 */
export async function provideImages(cache: string, emulated: boolean, log: Log): Promise<void> {
  const source = (await rememberedSource(cache)) ?? (await decide(log));
  if (source === 'made') await makeImages(cache, emulated, log);
  await rememberSource(cache, source);
}

async function decide(log: Log): Promise<ImageSource> {
  if (await isReachable(`${dockerHub}/v2/`)) return 'docker.io';
  log('Docker Hub cannot be reached: base images are made from Debian packages');
  return 'made';
}
