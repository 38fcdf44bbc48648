import { createHash } from 'node:crypto';

/** Under which a registry keeps a text, e.g. `sha256:9f86…` (OCI image-spec, descriptor.md, "Digests"). */
export function contentDigest(text: string): string {
  return `sha256:${createHash('sha256').update(text).digest('hex')}`;
}
