import * as v from 'valibot';
import type { Variables } from './interpolate.ts';
import { fault, readBy } from './reading.ts';

/** Entries in order; null: take the value from the surroundings, and leave the variable out when it has none. */
export type EnvironmentEntries = readonly (readonly [string, string | null])[];

const value = readBy((input) =>
  input === null || ['string', 'number', 'boolean'].includes(typeof input)
    ? { value: input === null ? null : String(input as string | number | boolean) }
    : fault('expected text, a number, true, false or nothing.', 'Put the value in quotes.'),
);

const asMap = v.pipe(
  v.record(v.string(), value),
  v.transform((map): EnvironmentEntries => Object.entries(map)),
);

const asList = v.pipe(
  v.array(v.string()),
  v.transform((lines): EnvironmentEntries => lines.map(splitEntry)),
);

/** `environment`: a map, or a list of `NAME=value` and `NAME`. */
export const environmentSchema = v.lazy((input) => (Array.isArray(input) ? asList : asMap));

function splitEntry(line: string): readonly [string, string | null] {
  const equals = line.indexOf('=');
  return equals < 0 ? [line, null] : [line.slice(0, equals), line.slice(equals + 1)];
}

/** What the container gets: names without a value are taken from `variables`, later entries win. */
export function resolveEnvironment(
  entries: EnvironmentEntries,
  variables: Variables,
): Readonly<Record<string, string>> {
  const resolved = entries.map(([name, text]) => [name, text ?? variables(name)] as const);
  return Object.fromEntries(
    resolved.filter((entry): entry is readonly [string, string] => entry[1] !== undefined),
  );
}
