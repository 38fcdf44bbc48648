import type { ImageRequest } from '../image/image-request.ts';
import { annotationOptions, isOfIndex } from '../image/labels/annotations.ts';
import { taggedReference } from '../image/tags.ts';

/**
 * The `buildx imagetools create` that makes one index of images pushed by digest, attestations included; one call for
 * each repository, because the digests lie in each. The index's annotations belong to it.
 * @param digests of the images for the single platforms, in the order of the index
 */
export function mergeArguments(
  { references: images, annotations }: Pick<ImageRequest, 'references' | 'annotations'>,
  digests: readonly string[],
  metadataFile: string,
): readonly (readonly string[])[] {
  const names = [...new Set(images.map(({ name }) => name))];
  const ofIndex = annotationOptions(annotations, isOfIndex);
  return names.map((name) => [
    ...['imagetools', 'create', '--progress=none', '--metadata-file', metadataFile, ...ofIndex],
    ...images
      .filter((image) => image.name === name)
      .flatMap((image) => ['--tag', taggedReference(image)]),
    ...digests.map((digest) => `${name}@${digest}`),
  ]);
}
