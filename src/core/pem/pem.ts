/** One block of a PEM text (RFC 7468). */
export interface PemBlock {
  /** e.g. `CERTIFICATE`, `PRIVATE KEY`. */
  readonly label: string;
  /** The block with its marks, lines of 64 characters, a line feed at the end. */
  readonly pem: string;
}

const block = /-----BEGIN ([A-Z0-9 ]+)-----(.*?)-----END \1-----/gs;
const lineLength = 64;
const tellingLength = 16;

/** Whether a value is meant as PEM text, not as a path. */
export function isPemText(value: string): boolean {
  return value.includes('-----BEGIN');
}

/**
 * The blocks of a text, in order, with line breaks restored: a variable's value often comes with
 * `\n` as two characters, or with spaces where the line breaks were.
 */
export function pemBlocks(text: string): readonly PemBlock[] {
  return [...text.matchAll(block)].map(([, label = '', body = '']) => {
    const lines = linesOf(body);
    return {
      label,
      pem: [`-----BEGIN ${label}-----`, ...lines, `-----END ${label}-----`, ''].join('\n'),
    };
  });
}

/** The text made of well-formed blocks only. */
export function restorePem(text: string): string {
  return pemBlocks(text)
    .map(({ pem }) => pem)
    .join('');
}

/** The lines of a secret PEM text to mask: those long enough that no other text looks like them. */
export function secretPemLines(pem: string): readonly string[] {
  return pem
    .split('\n')
    .filter((line) => !line.startsWith('-----') && line.length >= tellingLength);
}

function linesOf(body: string): readonly string[] {
  const base64 = body.replace(/\\r|\\n/g, '').replace(/\s+/g, '');
  return base64.match(new RegExp(`.{1,${lineLength}}`, 'g')) ?? [];
}
