import { createHash } from 'node:crypto';

const limit = 128;
const hashLength = 8;

/**
 * Any text as a tag (distribution/reference, `tag`): other signs become `-`, none stands in front that may not. What is
 * too long is cut, with a hash of the whole at its end, so that two long branches never share a tag.
 */
export function tagText(text: string): string {
  const fit = text.replace(/[^A-Za-z0-9_.-]+/g, '-').replace(/^[.-]+/, '');
  if (fit.length <= limit) return fit;
  const hash = createHash('sha256').update(text).digest('hex').slice(0, hashLength);
  return `${fit.slice(0, limit - hashLength - 1)}-${hash}`;
}
