import { existsSync } from 'node:fs';
import { type Browser, chromium } from 'playwright-core';
import { UserError } from '../../../src/core/errors.ts';

/** Debian's package and Google's; playwright's own download is another one. Ubuntu has Chromium as a snap only. */
const programs = ['/usr/bin/chromium', '/usr/bin/google-chrome'];

/** What stands in the way of a browser here; undefined when there is one. */
export function chromiumObstacle(): string | undefined {
  return programs.some((program) => existsSync(program))
    ? undefined
    : `there is no ${programs.join(' and no ')}`;
}

/** @throws UserError when there is none */
export async function launchChromium(): Promise<Browser> {
  const executablePath = programs.find((program) => existsSync(program));
  if (executablePath === undefined) {
    const what = `A browser is needed, but ${chromiumObstacle() ?? ''}.`;
    const change = 'On Debian `npm run setup` installs it; on Ubuntu install Google Chrome.';
    throw new UserError([{ what, change }]);
  }
  // Root may not use Chromium's sandbox; what it shows here is ours.
  return chromium.launch({ executablePath, chromiumSandbox: process.getuid?.() !== 0 });
}
