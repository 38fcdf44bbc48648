import type { ImageRequest } from '../image/image-request.ts';
import { taggedReference } from '../image/tags.ts';
import { csvField } from '../text/csv-field.ts';

/**
 * Without an output buildx only warns; `cacheonly` says that the daemon's cache is all that is wanted.
 * `isByDigest`: pushed without tags, to be merged afterwards.
 */
export function imageArguments(
  { references, isPushed }: ImageRequest,
  isByDigest: boolean,
): readonly string[] {
  if (isByDigest) {
    const names = csvField(`name=${[...new Set(references.map(({ name }) => name))].join(',')}`);
    return ['--output', `type=image,${names},push=true,push-by-digest=true,name-canonical=true`];
  }
  const tags = references.flatMap((image) => ['--tag', taggedReference(image)]);
  return [...tags, ...(isPushed ? ['--push'] : ['--output', 'type=cacheonly'])];
}
