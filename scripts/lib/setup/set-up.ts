import { mkdir } from 'node:fs/promises';
import { UserError } from '../../../src/core/errors.ts';
import { provideImages } from '../images/provide-images.ts';
import { diskFullNote } from '../playground/disk-space.ts';
import type { Log } from '../progress.ts';
import { architectures } from '../toolchain/architecture.ts';
import { cacheFolder } from '../toolchain/cache-folder.ts';
import { provideTools } from '../toolchain/provide-tools.ts';
import { demoTools } from '../toolchain/tools.ts';
import { provideEmulation } from './emulation.ts';
import { installMissingPackages } from './install-packages.ts';
import { providePlainUser } from './plain-user.ts';

/**
 * Brings this machine to where demo and tests run: system packages, emulation of the other architecture,
 * tools, base images. Whatever is there already is left alone, so it continues where it was stopped.
 * @throws UserError for what the user has to do
 */
export async function setUp(log: Log): Promise<void> {
  const cache = cacheFolder();
  await mkdir(cache, { recursive: true });
  try {
    await installMissingPackages(log);
    await providePlainUser(log);
    const emulated = await provideEmulation(architectures().foreign, log);
    await provideTools(demoTools, cache, log);
    await provideImages(cache, emulated, log);
  } catch (error) {
    throw explained(error, cache);
  }
}

function explained(error: unknown, cache: string): unknown {
  const text = error instanceof Error ? error.message : String(error);
  const note = diskFullNote(text, cache);
  return note === '' ? error : new UserError([{ what: text, change: note }]);
}
