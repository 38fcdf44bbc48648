import type { ServiceEndpoint } from '../protocol/job-message.ts';
import { derivedGuid, isGuid } from './derived-guid.ts';
import { located, textField } from './yaml/fields.ts';
import type { Entry, Reader } from './yaml/reader.ts';

const KEYS = ['id', 'type', 'url', 'scheme', 'parameters', 'data'];

/** Reads one service connection; its id is derived from its name unless given. */
export function readConnection(reader: Reader, { key, keyAt, node }: Entry): ServiceEndpoint {
  const what = `service connection "${key}"`;
  const fields = reader.fields(node, what, KEYS);
  for (const needed of ['type', 'url']) {
    if (!fields.has(needed))
      reader.source.reportAt(keyAt, `expected ${what} to have a "${needed}"`);
  }
  const id = located(reader, fields, 'id');
  if (id && !isGuid(id.value)) {
    reader.source.reportAt(id.at, `expected the id of ${what} to be a GUID, found "${id.value}"`);
  }
  const url = located(reader, fields, 'url');
  if (url && !URL.canParse(url.value)) {
    reader.source.reportAt(url.at, `expected the url of ${what} to be a URL, found "${url.value}"`);
  }
  return {
    id: id?.value.toLowerCase() ?? derivedGuid('service-connection', key),
    name: key,
    url: canonicalUrl(url?.value ?? ''),
    type: textField(reader, fields, 'type', ''),
    scheme: textField(reader, fields, 'scheme', 'None'),
    parameters: textMap(reader, fields.get('parameters')),
    data: textMap(reader, fields.get('data')),
  };
}

function textMap(reader: Reader, entry: Entry | undefined): Record<string, string> {
  const entries = reader.entries(entry?.node ?? null, `"${entry?.key ?? ''}"`);
  return Object.fromEntries(
    entries.map(({ key, node }) => [key, reader.text(node, `"${key}"`).value]),
  );
}

/** .NET prints a URL that has a host and no path with a slash at its end, for unknown schemes (tcp:) too. */
function canonicalUrl(text: string): string {
  const bare = /^[a-z][a-z0-9+.-]*:\/\/[^/?#]+$/i.test(text);
  return bare ? `${text}/` : text;
}
