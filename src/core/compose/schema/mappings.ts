import * as v from 'valibot';
import { named } from '../known-keys.ts';
import { type Reading, fault, kindOf, readBy } from '../reading.ts';
import { texts } from './scalars.ts';

/** Entries in order; null: no value was given. */
export type Entries = readonly (readonly [string, string | null])[];

const entryValue = readBy((input): Reading<string | null> => {
  if (input === null) return { value: null };
  if (['string', 'number', 'boolean'].includes(typeof input)) {
    return { value: input as string };
  }
  return fault(`expected text, found ${kindOf(input)}.`, 'Put the value in quotes.');
});

const asMap = v.pipe(
  named(entryValue),
  v.transform((entries): Entries => Object.entries(entries)),
);

const asList = v.pipe(
  texts,
  v.transform((lines): Entries => lines.map(splitEntry)),
);

/** A map, or a list of `NAME=value` and `NAME`: environment, labels, sysctls and others. */
export const mapping = v.lazy((input) => (Array.isArray(input) ? asList : asMap));

function splitEntry(line: string): readonly [string, string | null] {
  const equals = line.indexOf('=');
  return equals < 0 ? [line, null] : [line.slice(0, equals), line.slice(equals + 1)];
}

/** Entries as a map, the last of a name wins; no value is an empty one. */
export function withEmpty(entries: Entries): Readonly<Record<string, string>> {
  return Object.fromEntries(entries.map(([name, value]) => [name, value ?? '']));
}

/** Options of drivers: texts and numbers, as texts. */
export const options = v.pipe(
  named(
    readBy((input): Reading<string> => {
      if (input === null) return { value: '' };
      if (typeof input === 'string' || typeof input === 'number') return { value: String(input) };
      return fault(`expected text or a number, found ${kindOf(input)}.`, 'Put it in quotes.');
    }),
  ),
  v.transform((record): Readonly<Record<string, string>> => record),
);

/** `extra_hosts`: name and addresses. */
export const extraHosts = readBy((input): Reading<readonly HostEntry[]> => {
  const pairs = Array.isArray(input) ? fromLines(input) : fromMap(input);
  if (Array.isArray(input) && new Set(input).size < input.length) {
    return fault('has the same line twice.', 'Remove one.');
  }
  if (pairs === undefined) {
    return fault(
      'expected name: address, or a list of "name=address".',
      'Write e.g. "db=10.0.0.2".',
    );
  }
  const bad = pairs.find(([name]) => name === '' || /[:=]/.test(name));
  if (bad !== undefined) return fault(`has the host name "${bad[0]}".`, 'Write a host name.');
  const value = pairs.map(
    ([name, address]) => [name, address.replace(/^\[(.+)\]$/, '$1')] as const,
  );
  return { value };
});

export type HostEntry = readonly [name: string, address: string];

function fromLines(lines: readonly unknown[]): readonly HostEntry[] | undefined {
  const found = lines.map((line): readonly HostEntry[] | undefined => {
    if (typeof line !== 'string') return undefined;
    const separator = line.includes('=') ? '=' : ':';
    const at = line.indexOf(separator);
    if (at < 0) return undefined;
    const addresses = line.slice(at + 1).split(',');
    return addresses.map((address) => [line.slice(0, at), address] as const);
  });
  return found.includes(undefined) ? undefined : found.flatMap((entries) => entries ?? []);
}

function fromMap(input: unknown): readonly HostEntry[] | undefined {
  if (typeof input !== 'object' || input === null) return undefined;
  const found = Object.entries(input).flatMap(([name, value]: [string, unknown]) =>
    (Array.isArray(value) ? (value as unknown[]) : [value]).map(
      (address) => [name, address] as const,
    ),
  );
  const isText = (entry: readonly [string, unknown]): entry is HostEntry =>
    typeof entry[1] === 'string';
  return found.every(isText) ? found : undefined;
}
