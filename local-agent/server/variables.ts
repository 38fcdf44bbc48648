import { isSeq, type Node } from 'yaml';
import type { JobVariable } from '../protocol/job-message.ts';
import { booleanField, located } from './yaml/fields.ts';
import type { Entry, Reader } from './yaml/reader.ts';

const KEYS = ['name', 'value', 'readonly'];

/**
 * Reads `variables:`, as a mapping or as a list of name and value. `define` is told each one in file order, so that a
 * later one may name it in `${{ }}`.
 */
export function readVariables(
  reader: Reader,
  entry: Entry | undefined,
  define: (variable: JobVariable) => void,
): void {
  if (!entry) return;
  if (isSeq<Node>(entry.node)) {
    for (const item of entry.node.items) readItem(reader, item, define);
    return;
  }
  for (const { key, node } of reader.entries(entry.node, '"variables"')) {
    define({ name: key, value: readValue(reader, node), isSecret: false, isReadOnly: false });
  }
}

function readItem(reader: Reader, item: Node, define: (variable: JobVariable) => void): void {
  const fields = reader.fields(item, 'a variable', KEYS);
  const name = located(reader, fields, 'name')?.value;
  if (!name) {
    reader.source.report(item, 'expected a variable to have a "name" and a "value"');
    return;
  }
  const value = readValue(reader, fields.get('value')?.node ?? null);
  define({
    name,
    value,
    isSecret: false,
    isReadOnly: booleanField(reader, fields, 'readonly', false),
  });
}

function readValue(reader: Reader, node: Node | null): string {
  const { value, at } = reader.text(node, 'the value of a variable');
  if (value.trimStart().startsWith('$[')) {
    reader.source.reportAt(
      at,
      'runtime expressions "$[ ]" are not supported by the local agent; expected text, $(name) or ${{ }}',
    );
  }
  return value;
}
