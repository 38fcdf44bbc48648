import { chromiumObstacle } from '../tab-host/chromium.ts';
import type { Decision } from './decision.ts';

/** The tab's tests run where a browser is; set-up installs it on Debian. */
export function browserDecision(asked: boolean): Promise<Decision> {
  const obstacle = chromiumObstacle();
  if (obstacle === undefined) return Promise.resolve({ runs: true, reason: 'Chromium is here' });
  return Promise.resolve({ runs: asked, reason: obstacle });
}
