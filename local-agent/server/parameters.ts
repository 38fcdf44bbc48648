import type { Scalar } from '../expressions/values.ts';
import { located, parseBoolean, textField } from './yaml/fields.ts';
import type { Entry, Located, Reader } from './yaml/reader.ts';

const KEYS = ['name', 'displayName', 'type', 'default', 'values'];
const TYPES = ['string', 'number', 'boolean'];

/**
 * Reads `parameters:` and gives each its value: from the command line, else its default.
 * Keys of the answer are in lower case; booleans and numbers are typed, so that `eq(parameters.x, true)` works.
 */
export function readParameters(
  reader: Reader,
  entry: Entry | undefined,
  given: ReadonlyMap<string, string>,
): Map<string, Scalar> {
  const values = new Map<string, Scalar>();
  for (const item of entry ? reader.items(entry.node, '"parameters"') : []) {
    const fields = reader.fields(item, 'a parameter', KEYS);
    const name = located(reader, fields, 'name');
    if (!name?.value) reader.source.report(item, 'expected a parameter to have a "name"');
    else values.set(name.value.toLowerCase(), readValue(reader, fields, name, given));
  }
  for (const name of given.keys()) {
    if (!values.has(name.toLowerCase())) {
      reader.source.reportAt(
        null,
        `--parameter ${name}: the pipeline has no parameter of this name`,
      );
    }
  }
  return values;
}

function readValue(
  reader: Reader,
  fields: ReadonlyMap<string, Entry>,
  name: Located<string>,
  given: ReadonlyMap<string, string>,
): Scalar {
  const type = textField(reader, fields, 'type', 'string');
  if (!TYPES.includes(type)) {
    const at = located(reader, fields, 'type')?.at ?? name.at;
    reader.source.reportAt(
      at,
      `expected the type of parameter "${name.value}" to be one of: ${TYPES.join(', ')}; found "${type}"`,
    );
  }
  const text = valueFromCommandLine(given, name.value) ?? located(reader, fields, 'default')?.value;
  if (text === undefined) {
    reader.source.reportAt(
      name.at,
      `parameter "${name.value}" has no default: give one, or --parameter ${name.value}=VALUE`,
    );
    return null;
  }
  checkAllowed(reader, fields, name, text);
  return typed(reader, name, type, text);
}

function valueFromCommandLine(
  given: ReadonlyMap<string, string>,
  name: string,
): string | undefined {
  return [...given].find(([key]) => key.toLowerCase() === name.toLowerCase())?.[1];
}

function checkAllowed(
  reader: Reader,
  fields: ReadonlyMap<string, Entry>,
  name: Located<string>,
  text: string,
): void {
  const entry = fields.get('values');
  if (!entry) return;
  const allowed = reader
    .items(entry.node, '"values"')
    .map((node) => reader.text(node, 'a value').value);
  if (!allowed.includes(text)) {
    reader.source.reportAt(
      name.at,
      `expected parameter "${name.value}" to be one of: ${allowed.join(', ')}; found "${text}"`,
    );
  }
}

function typed(reader: Reader, name: Located<string>, type: string, text: string): Scalar {
  const value = type === 'boolean' ? parseBoolean(text) : type === 'number' ? toNumber(text) : text;
  if (value === null) {
    reader.source.reportAt(
      name.at,
      `expected parameter "${name.value}" to be a ${type}, found "${text}"`,
    );
  }
  return value;
}

function toNumber(text: string): number | null {
  return text.trim() !== '' && Number.isFinite(Number(text)) ? Number(text) : null;
}
