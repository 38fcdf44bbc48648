import { type Parsed, parsed, rejected } from '../../../src/core/parsed.ts';
import { plainText } from './plain-text.ts';
import type { Inputs, Surroundings } from './surroundings.ts';

/** The builder's name: the input's, or the one that the job has. */
export function parseBuilder(
  { builder }: Pick<Inputs, 'builder'>,
  { defaultBuilder }: Pick<Surroundings, 'defaultBuilder'>,
): Parsed<string> {
  const name = builder ?? defaultBuilder;
  if (name !== undefined && name !== '') {
    const text = plainText('builder', name);
    return text.ok ? parsed(name) : text;
  }
  return rejected({
    where: 'builder',
    what: 'There is no builder: this input is empty, and BUILDX_BUILDER is not set.',
    change: 'Run the task SetupBuildkitBuilder before this one, or name a builder.',
  });
}
