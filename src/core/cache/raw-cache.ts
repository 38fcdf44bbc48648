import type { Problem } from '../errors.ts';
import { type Parsed, parsed, rejected } from '../parsed.ts';
import { csvField } from '../text/csv-field.ts';
import { type CacheBackend, backends, isBackend, secretKeys } from './cache-backends.ts';

/** A line of `cacheFrom` or `cacheTo`, as buildx means it. */
export interface RawCache {
  readonly type: CacheBackend;
  /** In the order they were written, without `type`. */
  readonly attributes: readonly (readonly [name: string, value: string])[];
}

type Where = 'cacheFrom' | 'cacheTo';

/**
 * `type=registry,ref=…`, or a bare image reference for the registry (docs.docker.com/build/cache/backends).
 * @param holdsSecret whether a text holds a secret of the pipeline
 */
export function parseRawCache(
  where: Where,
  line: string,
  holdsSecret: (text: string) => boolean,
): Parsed<RawCache> {
  if (!line.includes('=')) return parsed({ type: 'registry', attributes: [['ref', line]] });
  const fields = fieldsOf(line);
  const type = fields.find(([name]) => name === 'type')?.[1] ?? '';
  if (!isBackend(type)) return rejected(unknownType(where, type));
  const attributes = fields.filter(([name]) => name !== 'type');
  const problem = problemOf({ where, type, attributes }, holdsSecret);
  return problem === undefined ? parsed({ type, attributes }) : rejected(problem);
}

/** The line as buildx reads it. */
export function rawCacheOption({ type, attributes }: RawCache): string {
  const fields = attributes.map(([name, value]) => csvField(`${name}=${value}`));
  return [`type=${type}`, ...fields].join(',');
}

/** What people know the cache by. */
export function rawCacheName({ type, attributes }: RawCache): string {
  const telling = ['ref', 'dest', 'src', 'bucket', 'account_url', 'name', 'scope'];
  const value = attributes.find(([name]) => telling.includes(name))?.[1];
  return value === undefined ? type : `${type} ${value}`;
}

function fieldsOf(line: string): readonly (readonly [string, string])[] {
  const fields = line.match(/(?:"(?:[^"]|"")*"|[^,])+/g) ?? [];
  return fields.map((field) => {
    const text = field
      .trim()
      .replace(/^"(.*)"$/s, '$1')
      .replaceAll('""', '"');
    const [, name = text, value = ''] = /^([^=]*)=(.*)$/s.exec(text) ?? [];
    return [name.trim().toLowerCase(), value] as const;
  });
}

function problemOf(
  { where, type, attributes }: RawCache & { readonly where: Where },
  holdsSecret: (text: string) => boolean,
): Problem | undefined {
  const { from, to, needs, secretCure } = backends[type];
  const side = where === 'cacheFrom' ? from : to;
  const secret = attributes.find(([name, text]) => secretKeys.has(name) || holdsSecret(text));
  if (secret !== undefined) {
    const what = `"${secret[0]}" of type=${type} is a secret, and every user of the agent can read the arguments of buildx.`;
    return { where, what, change: secretCure };
  }
  if (side === undefined) {
    const what = `type=${type} can only be written; the image itself holds it.`;
    return { where, what, change: 'Read it with type=registry and the reference of the image.' };
  }
  const unknown = attributes.find(([name]) => !side.includes(name));
  if (unknown !== undefined) {
    const what = `type=${type} has no attribute "${unknown[0]}".`;
    return { where, what, change: `It has ${side.join(', ')}.` };
  }
  const missing = needs(where).find((name) => !attributes.some(([given]) => given === name));
  if (missing === undefined) return undefined;
  const what = `type=${type} needs "${missing}".`;
  return { where, what, change: `Write type=${type},${missing}=….` };
}

function unknownType(where: Where, type: string): Problem {
  const known = Object.keys(backends).join(', ');
  const what =
    type === '' ? 'The line names no type.' : `There is no kind of cache called "${type}".`;
  return { where, what, change: `Begin with type= and one of ${known}.` };
}
