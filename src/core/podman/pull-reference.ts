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

/**
 * Where an image of docker.io is pulled from when there is a mirror: `mirror.corp/hub` makes
 * docker.io/library/redis:7 mirror.corp/hub/library/redis:7. Images of other registries stay as they are.
 */
export function mirroredReference(image: string, mirror: string | undefined): string {
  if (mirror === undefined || !image.startsWith('docker.io/')) return image;
  return `${mirror.replace(/\/+$/, '')}/${image.slice('docker.io/'.length)}`;
}
