/** A logging command: `##vso[area.event key=value;]message`. */
export interface Command {
  readonly area: string;
  readonly event: string;
  /** Keys in lower case, otherwise untouched: a space that belongs to a name stays. */
  readonly properties: ReadonlyMap<string, string>;
  readonly message: string;
}

const PREFIX = '##vso[';

/**
 * Parses the command in a line, wherever it starts; null when there is none or it is malformed
 * (CORE/Command.cs, SDK/CommandStringConvertor.cs).
 */
export function parseCommand(
  line: string,
  { decodePercents }: { decodePercents: boolean },
): Command | null {
  const start = line.indexOf(PREFIX);
  const end = start < 0 ? -1 : line.indexOf(']', start);
  if (end < 0) return null;
  const header = line.slice(start + PREFIX.length, end);
  const space = header.indexOf(' ');
  const name = space < 0 ? header : header.slice(0, space);
  const [area = '', event = '', ...more] = name.split('.');
  if (area === '' || event === '' || more.length > 0) return null;
  const decode = (text: string): string => unescape(text, decodePercents);
  return {
    area: area.toLowerCase(),
    event: event.toLowerCase(),
    properties: parseProperties(space < 0 ? '' : header.slice(space + 1), decode),
    message: decode(line.slice(end + 1)),
  };
}

function parseProperties(text: string, decode: (text: string) => string): Map<string, string> {
  const properties = new Map<string, string>();
  for (const part of text.split(';')) {
    const equals = part.indexOf('=');
    const value = equals < 0 ? '' : part.slice(equals + 1);
    if (equals > 0 && value !== '')
      properties.set(part.slice(0, equals).toLowerCase(), decode(value));
  }
  return properties;
}

/** Only these upper-case codes are escapes; `%25` and `%0a` are text. */
function unescape(text: string, decodePercents: boolean): string {
  const decoded = text
    .replaceAll('%3B', ';')
    .replaceAll('%0D', '\r')
    .replaceAll('%0A', '\n')
    .replaceAll('%5D', ']');
  return decodePercents ? decoded.replaceAll('%AZP25', '%') : decoded;
}
