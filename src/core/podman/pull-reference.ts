import { canonicalName, parseReference } from '../image/reference.ts';

/**
 * An image as Podman finds it without short-name search: `postgres:15` is docker.io/library/postgres:15.
 * A tag beside a digest is left out, because Podman refuses both. Undefined: not an image reference.
 */
export function pullReference(image: string): string | undefined {
  const reference = parseReference(image);
  if (reference === undefined) return undefined;
  const name = canonicalName(reference.name);
  if (reference.digest !== undefined) return `${name}@${reference.digest}`;
  return `${name}:${reference.tag ?? 'latest'}`;
}
