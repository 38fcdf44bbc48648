import type { Entry, Located, Reader } from './reader.ts';

type Fields = ReadonlyMap<string, Entry>;

/** The text of an optional field with its place, or null. */
export function located(reader: Reader, fields: Fields, key: string): Located<string> | null {
  const entry = fields.get(key);
  return entry ? reader.text(entry.node, `"${key}"`) : null;
}

export function textField(reader: Reader, fields: Fields, key: string, fallback: string): string {
  return located(reader, fields, key)?.value ?? fallback;
}

export function booleanField(
  reader: Reader,
  fields: Fields,
  key: string,
  fallback: boolean,
): boolean {
  const found = located(reader, fields, key);
  if (!found) return fallback;
  const parsed = parseBoolean(found.value);
  if (parsed === null) {
    reader.source.reportAt(
      found.at,
      `expected "${key}" to be true or false, found "${found.value}"`,
    );
  }
  return parsed ?? fallback;
}

/** A whole number from 0 to `max`. */
export function countField(
  reader: Reader,
  fields: Fields,
  key: string,
  { fallback, max }: { fallback: number; max: number },
): number {
  const found = located(reader, fields, key);
  if (!found) return fallback;
  const count = /^\d+$/.test(found.value) ? Number(found.value) : NaN;
  if (count <= max) return count;
  reader.source.reportAt(
    found.at,
    `expected "${key}" to be a whole number from 0 to ${max}, found "${found.value}"`,
  );
  return fallback;
}

/** `true` or `false` in any case; null for anything else. */
export function parseBoolean(text: string): boolean | null {
  const value = text.trim().toLowerCase();
  return value === 'true' ? true : value === 'false' ? false : null;
}
