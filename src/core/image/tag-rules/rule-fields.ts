/** One field: an expression `{{…}}`, a quoted text with `""` for a quote, or any sign but the comma. */
const field = /(?:\{\{.*?\}\}|"(?:[^"]|"")*"|[^,])+/g;

/**
 * The fields of a rule, which commas separate. As in CSV (RFC 4180) a field that holds a comma is put in quotes whole;
 * commas inside `{{…}}` need none.
 */
export function splitFields(line: string): readonly string[] {
  return (line.match(field) ?? []).map((text) => unquoted(text.trim()));
}

/** A rule, as opposed to a plain tag or a reference: neither can hold these signs. */
export function isRule(line: string): boolean {
  return line.includes('=') || line.includes('{{');
}

function unquoted(text: string): string {
  const inner = /^"((?:[^"]|"")*)"$/.exec(text)?.[1];
  return inner === undefined ? text : inner.replaceAll('""', '"').trim();
}
