import { type Parsed, parsed } from '../../../src/core/parsed.ts';
import type { PlatformRequest } from '../../../src/core/platform/platform-request.ts';
import { parsePlatforms } from '../../../src/core/platform/platform.ts';
import type { Inputs } from './surroundings.ts';

export function parsePlatformInputs({
  platforms,
  strategy,
}: Pick<Inputs, 'platforms' | 'strategy'>): Parsed<PlatformRequest> {
  const wanted = parsePlatforms('platforms', platforms ?? '');
  return wanted.ok ? parsed({ wanted: wanted.value, strategy }) : wanted;
}
