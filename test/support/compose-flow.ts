/** A value of a compose file: data, or a piece of YAML to stand as it is. */
export type Value = Raw | Value[] | { [key: string]: Value };

export interface Raw {
  readonly raw: string;
}

export const raw = (text: string): Raw => ({ raw: text });

/** YAML in flow style, with the pieces as they are. */
export function flow(value: Value): string {
  if (Array.isArray(value)) return `[${value.map(flow).join(', ')}]`;
  if (isRaw(value)) return value.raw;
  const entries = Object.entries(value).map(([key, entry]) => `${key}: ${flow(entry)}`);
  return `{${entries.join(', ')}}`;
}

function isRaw(value: Value): value is Raw {
  return 'raw' in value && typeof value.raw === 'string';
}
