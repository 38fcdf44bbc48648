import { existsSync } from 'node:fs';
import { type Browser, chromium } from 'playwright-core';
import { UserError } from '../../../src/core/errors.ts';

/** Debian's package; playwright's own download is for other systems, and from elsewhere. */
const program = '/usr/bin/chromium';

/** @throws UserError when there is none */
export async function launchChromium(): Promise<Browser> {
  if (!existsSync(program)) {
    const what = `There is no ${program}.`;
    throw new UserError([{ what, change: '`npm run setup` installs it.' }]);
  }
  // Root may not use Chromium's sandbox; what it shows here is ours.
  return chromium.launch({ executablePath: program, chromiumSandbox: process.getuid?.() !== 0 });
}
