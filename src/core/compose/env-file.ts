import type { Problem } from '../errors.ts';
import { type Variables, interpolate } from './interpolate.ts';
import { type SourceFile, problemAt } from './read-yaml.ts';

/**
 * The lines of an env file into `values`, by compose's own rules (compose-go, dotenv/): a value may use
 * variables of `lookup` and of earlier lines; a name alone takes its value from `lookup`, or is left out.
 * Returns every line that cannot be read.
 */
export function readEnvFile(
  file: SourceFile,
  lookup: Variables,
  values: Map<string, string>,
): readonly Problem[] {
  const reader = new EnvReader(file.text.replace(/^\uFEFF/, ''));
  const variables: Variables = (name) => lookup(name) ?? values.get(name);
  for (;;) {
    const entry = reader.next();
    if (entry === undefined) return [];
    if ('wrong' in entry) return [told(file, entry.line, entry.wrong)];
    const { name, raw, isFilled } = entry;
    const filled = isFilled ? interpolate(raw ?? '', variables) : undefined;
    if (filled?.ok === false) return [told(file, entry.line, filled.reason)];
    const value = raw === undefined ? lookup(name) : (filled?.text ?? raw);
    if (value !== undefined) values.set(name, value);
  }
}

function told({ path, label }: SourceFile, line: number, wrong: string): Problem {
  return problemAt(
    { path, label, line },
    { what: `The line ${wrong}.`, change: 'Write NAME=value.' },
  );
}

interface Entry {
  readonly line: number;
  readonly name: string;
  /** Undefined: the name stands alone. */
  readonly raw: string | undefined;
  /** Variables in it are to be filled in. */
  readonly isFilled: boolean;
}

interface Wrong {
  readonly line: number;
  readonly wrong: string;
}

/** Takes an env file apart, entry by entry. */
class EnvReader {
  #rest: string;
  readonly #text: string;

  constructor(text: string) {
    this.#text = text;
    this.#rest = text;
  }

  next(): Entry | Wrong | undefined {
    this.#rest = this.#rest.replace(/^(?:\s+|#[^\n]*)+/, '');
    if (this.#rest === '') return undefined;
    const line = this.#line();
    this.#rest = this.#rest.replace(/^export\s+(?=\S)/, '');
    const found = /^([^=:\n]*)([=:\n]|$)/.exec(this.#rest);
    const [whole = '', head = '', sign = ''] = found ?? [];
    const bad = /[^\p{L}\p{N}\s_.[\]-]/u.exec(head)?.[0];
    if (bad !== undefined) return { line, wrong: `has ${JSON.stringify(bad)} in a name` };
    const name = head.trim();
    if (/ /.test(name)) return { line, wrong: 'has a blank in a name' };
    this.#rest = this.#rest.slice(whole.length);
    if (sign === '\n' || sign === '') return { line, name, raw: undefined, isFilled: false };
    return this.#value(line, name);
  }

  #value(line: number, name: string): Entry | Wrong {
    this.#rest = this.#rest.replace(/^[^\S\n]+/, '');
    const quote = this.#rest[0];
    if (quote === '"' || quote === "'") return this.#quoted(line, name, quote);
    const [whole = ''] = /^[^\n]*\n?/.exec(this.#rest) ?? [];
    this.#rest = this.#rest.slice(whole.length);
    const raw = (whole.replace(/\n$/, '').split(' #')[0] ?? '').trimEnd();
    return { line, name, raw, isFilled: true };
  }

  #quoted(line: number, name: string, quote: string): Entry | Wrong {
    const form = quote === '"' ? /^"((?:[^"\\]|\\[\s\S])*)"/ : /^'((?:[^'\\]|\\[\s\S])*)'/;
    const found = form.exec(this.#rest);
    if (found === null) return { line, wrong: 'has a quote that is not closed' };
    this.#rest = this.#rest.slice(found[0].length);
    const body = (found[1] ?? '').replaceAll(`\\${quote}`, quote);
    const isDouble = quote === '"';
    return { line, name, raw: isDouble ? unescape(body) : body, isFilled: isDouble };
  }

  #line(): number {
    return this.#text.slice(0, this.#text.length - this.#rest.length).split('\n').length;
  }
}

const escapes: Readonly<Record<string, string>> = {
  a: '\u0007',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
  '\\': '\\',
  '"': '"',
  $: '$$',
};

function unescape(text: string): string {
  return text.replace(
    /\\(?:([abcfnrtv$"\\])|0(\d{0,3}))/g,
    (whole, letter?: string, octal?: string) => {
      if (letter !== undefined) return escapes[letter] ?? whole;
      const code = Number.parseInt(octal ?? '', 8);
      return /^[0-7]{3}$/.test(octal ?? '') && code < 256 ? String.fromCodePoint(code) : whole;
    },
  );
}

/** `format: raw`: everything behind the first `=` as it is. */
export function readRawEnvFile(
  file: SourceFile,
  lookup: Variables,
  values: Map<string, string>,
): readonly Problem[] {
  const lines = file.text.replace(/^\uFEFF/, '').split(/\r?\n/);
  return lines.flatMap((text, at) => {
    const line = text.trimStart();
    if (line === '' || line.startsWith('#')) return [];
    const equals = line.indexOf('=');
    const name = equals < 0 ? line : line.slice(0, equals);
    if (/\s/.test(name) || name === '')
      return [told(file, at + 1, 'has no name, or a blank in it')];
    const value = equals < 0 ? lookup(name) : line.slice(equals + 1);
    if (value !== undefined) values.set(name, value);
    return [];
  });
}
