import { loadedPlatform } from '../../../src/core/buildx/load-request.ts';
import type { ExportRequest } from '../../../src/core/buildx/export-request.ts';
import { type Parsed, parsed, rejected } from '../../../src/core/parsed.ts';
import { type Platform, parsePlatforms } from '../../../src/core/platform/platform.ts';
import type { Inputs, Surroundings } from './surroundings.ts';

type LoadInputs = Pick<Inputs, 'load' | 'platforms' | 'repository' | 'tags'>;

/** Whether the image can be loaded, which is to be known before it is built. */
export function parseLoad(
  inputs: LoadInputs,
  { machine }: Pick<Surroundings, 'machine'>,
): Parsed<ExportRequest['load']> {
  if (inputs.load === 'none') return parsed(inputs.load);
  const isNamed = inputs.repository.length > 0 || inputs.tags.some((tag) => tag.includes('/'));
  if (!isNamed) return rejected(nameless);
  const platform = ofWanted(inputs, machine);
  return platform.ok ? parsed(inputs.load) : platform;
}

/** Platforms that are malformed are another input's problem. */
function ofWanted(
  { platforms }: LoadInputs,
  machine: Platform | undefined,
): Parsed<Platform | undefined> {
  const wanted = parsePlatforms('platforms', platforms ?? '');
  return wanted.ok ? loadedPlatform(wanted.value, machine) : parsed(undefined);
}

const nameless = {
  where: 'load',
  what: 'An image that is loaded needs a name, and "repository" is empty.',
  change: 'Write one, e.g. repository: localhost/orders; with push: false it goes nowhere else.',
};
