import { type Parsed, parsed, rejected } from '../parsed.ts';

/** The builder's name when the user gives none: buildx wants a letter first. */
export function defaultBuilderName(jobSlug: string): string {
  return `daemonless-${jobSlug}`;
}

/**
 * A name as buildx takes it (buildx, store/util.go): letters, digits, `.`, `_` and `-`, a letter first; it
 * becomes lower-case there. `default` is reserved for the Docker context.
 */
export function parseBuilderName(text: string): Parsed<string> {
  if (!/^[a-z][a-z0-9._-]{0,99}$/i.test(text)) {
    return rejected({
      where: 'builderName',
      what: `Expected a letter, then letters, digits, ".", "_" or "-", found "${text}".`,
      change: 'Choose such a name of at most 100 characters, or leave it empty.',
    });
  }
  if (text.toLowerCase() === 'default') {
    return rejected({
      where: 'builderName',
      what: 'Expected a name of its own, found "default", which buildx keeps for the Docker context.',
      change: 'Choose another name, or leave it empty.',
    });
  }
  return parsed(text.toLowerCase());
}
