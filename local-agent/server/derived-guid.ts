import { createHash } from 'node:crypto';

/** A GUID that is always the same for the same kind and name (the real server has a database for this). */
export function derivedGuid(kind: string, name: string): string {
  const hex = createHash('sha256').update(`${kind}:${name.toLowerCase()}`).digest('hex');
  const variant = ((parseInt(hex.slice(16, 18), 16) & 0x3f) | 0x80).toString(16);
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `5${hex.slice(13, 16)}`,
    `${variant}${hex.slice(18, 20)}`,
    hex.slice(20, 32),
  ].join('-');
}

/** A GUID in its usual form, of any case. */
export function isGuid(text: string): boolean {
  return /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text);
}
