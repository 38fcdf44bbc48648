import { type TaggedImage, taggedReference } from '../image/tags.ts';

/**
 * The `buildx imagetools create` that makes one index of images pushed by digest, attestations included; one call for
 * each repository, because the digests lie in each.
 * @param digests of the images for the single platforms, in the order of the index
 */
export function mergeArguments(
  images: readonly TaggedImage[],
  digests: readonly string[],
  metadataFile: string,
): readonly (readonly string[])[] {
  const names = [...new Set(images.map(({ name }) => name))];
  return names.map((name) => [
    ...['imagetools', 'create', '--progress=none', '--metadata-file', metadataFile],
    ...images
      .filter((image) => image.name === name)
      .flatMap((image) => ['--tag', taggedReference(image)]),
    ...digests.map((digest) => `${name}@${digest}`),
  ]);
}
