/** A password inside a URL (`//user:PASSWORD@`) is hidden always (CORE/AdditionalMaskingRegexes.cs). */
const URL_PASSWORD = /(?<=\/\/[^:/?#\n]+:)[^@/?#\n]+(?=@)/g;

/** The longest limit that AZP_IGNORE_SECRETS_SHORTER_THAN can set. */
const LONGEST_MINIMUM = 6;

/** Hides secrets in one line of output at a time. Overlapping and adjoining hits become one `***`. */
export class SecretMasker {
  private readonly values = new Set<string>();
  private readonly minimumLength: number;

  constructor(minimumLength = 0) {
    this.minimumLength = Math.min(minimumLength, LONGEST_MINIMUM);
  }

  /** Adds a value with its JSON-escaped, URI-escaped and backslash-unescaped forms (CORE/HostContext.cs). */
  add(value: string): void {
    for (const form of [value, jsonForm(value), uriForm(value), withoutBackslashes(value)]) {
      if (form !== '' && form.length >= this.minimumLength) this.values.add(form);
    }
  }

  /** Adds a secret known before the job, also as it looks inside a command and in base64 (AW/Worker.cs). */
  addInitialSecret(secret: string): void {
    const lineBreaks = secret.replaceAll('\r', '%0D').replaceAll('\n', '%0A');
    const percents = secret
      .replaceAll('%', '%AZP25')
      .replaceAll('\r', '%0D')
      .replaceAll('\n', '%0A');
    const base64 = Buffer.from(secret, 'utf8').toString('base64');
    for (const form of [secret, percents, lineBreaks, base64]) {
      this.add(form);
      for (const quote of ["'", '"']) {
        if (form.length > 1 && form.startsWith(quote) && form.endsWith(quote))
          this.add(form.slice(1, -1));
      }
      this.add(form.replace(/^[\r\n ]+|[\r\n ]+$/g, ''));
    }
  }

  mask(text: string): string {
    let result = '';
    let end = 0;
    for (const hit of merged([...this.valueHits(text), ...urlHits(text)])) {
      result += `${text.slice(end, hit.start)}***`;
      end = hit.end;
    }
    return result + text.slice(end);
  }

  private *valueHits(text: string): Iterable<Hit> {
    for (const value of this.values) {
      for (let start = text.indexOf(value); start >= 0; start = text.indexOf(value, start + 1)) {
        yield { start, end: start + value.length };
      }
    }
  }
}

interface Hit {
  readonly start: number;
  readonly end: number;
}

function merged(hits: readonly Hit[]): Hit[] {
  const spans: Hit[] = [];
  for (const hit of hits.toSorted((a, b) => a.start - b.start)) {
    const last = spans.at(-1);
    if (last && hit.start <= last.end) {
      spans[spans.length - 1] = { start: last.start, end: Math.max(last.end, hit.end) };
    } else spans.push(hit);
  }
  return spans;
}

function* urlHits(text: string): Iterable<Hit> {
  for (const match of text.matchAll(URL_PASSWORD)) {
    yield { start: match.index, end: match.index + match[0].length };
  }
}

function jsonForm(value: string): string {
  return JSON.stringify(value).slice(1, -1);
}

function uriForm(value: string): string {
  const wellFormed = Buffer.from(value, 'utf8').toString('utf8');
  return encodeURIComponent(wellFormed).replace(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

function withoutBackslashes(value: string): string {
  return value.replace(/\\(.)/g, '$1');
}
