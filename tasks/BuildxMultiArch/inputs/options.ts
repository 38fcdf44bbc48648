import type { BuildOptions } from '../../../src/core/buildx/build-options.ts';
import {
  bakeEntitlementLine,
  checkedLines,
  entitlementLine,
  hostLine,
  isShmSize,
  stageLine,
  ulimitLine,
} from '../../../src/core/buildx/option-lines.ts';
import { type Parsed, allOf, parsed, rejected } from '../../../src/core/parsed.ts';
import { undefinedVariable } from '../../../src/core/task/undefined-variable.ts';
import { isBake } from './bake.ts';
import type { Inputs } from './surroundings.ts';

type OptionInputs = Pick<Inputs, keyof BuildOptions | 'bakeFile' | 'bakeTargets'>;

export function parseOptions(inputs: OptionInputs): Parsed<BuildOptions> {
  return allOf<BuildOptions>({
    noCache: parsed(inputs.noCache),
    noCacheStages: parseStages(inputs),
    pull: parsed(inputs.pull),
    network: parseNetwork(inputs.network),
    shmSize: parseShmSize(inputs.shmSize),
    ulimits: checkedLines('ulimits', inputs.ulimits, ulimitLine),
    addHosts: checkedLines('addHosts', inputs.addHosts, hostLine),
    allow: checkedLines(
      'allow',
      inputs.allow,
      isBake(inputs) ? bakeEntitlementLine : entitlementLine,
    ),
  });
}

/** buildx refuses both at once. */
function parseStages({ noCache, noCacheStages }: OptionInputs): Parsed<readonly string[]> {
  const names = noCacheStages.flatMap((line) => line.split(',')).map((name) => name.trim());
  if (!noCache || names.length === 0) return checkedLines('noCacheStages', names, stageLine);
  const what = '"noCache" is true, which is all stages already.';
  return rejected({ where: 'noCacheStages', what, change: 'Keep one of both.' });
}

function parseNetwork(network: OptionInputs['network']): Parsed<string | undefined> {
  return parsed(network === 'default' ? undefined : network);
}

function parseShmSize(text: string | undefined): Parsed<string | undefined> {
  if (text === undefined || isShmSize(text)) return parsed(text);
  const where = 'shmSize';
  const malformed = {
    where,
    what: `Expected a size such as 64m or 1g, found "${text}".`,
    change: 'Write a number and b, k, m or g.',
  };
  return rejected(undefinedVariable(where, text) ?? malformed);
}
