import type { ImageRequest } from '../image/image-request.ts';
import { annotationArgument, isOfIndex } from '../image/labels/annotations.ts';
import { taggedReference } from '../image/tags.ts';
import { csvField } from '../text/csv-field.ts';

/** What becomes of the result of one build. */
export interface ImageForm {
  /** Pushed without tags, to be merged afterwards. */
  readonly isByDigest: boolean;
  /** The result is an index of its own: BuildKit refuses annotations for one that is not made. */
  readonly hasIndex: boolean;
}

/** Names, labels and annotations. Without an output buildx only warns; `cacheonly` says that the daemon's cache is all that is wanted. */
export function imageArguments(image: ImageRequest, form: ImageForm): readonly string[] {
  return [...labelArguments(image), ...annotationArguments(image, form), ...outputs(image, form)];
}

function labelArguments({ labels }: ImageRequest): readonly string[] {
  return Object.entries(labels).flatMap(([key, value]) => ['--label', `${key}=${value}`]);
}

/** Of one of several builds, whose own index does not stay, the index's go to the merge. */
function annotationArguments(
  { annotations, isPushed }: ImageRequest,
  { isByDigest, hasIndex }: ImageForm,
): readonly string[] {
  if (!isPushed) return [];
  const takesIndex = hasIndex && !isByDigest;
  return annotations
    .filter((annotation) => takesIndex || !isOfIndex(annotation))
    .flatMap((annotation) => ['--annotation', annotationArgument(annotation)]);
}

function outputs(
  { references, isPushed }: ImageRequest,
  { isByDigest }: ImageForm,
): readonly string[] {
  if (isByDigest) {
    const names = csvField(`name=${[...new Set(references.map(({ name }) => name))].join(',')}`);
    return ['--output', `type=image,${names},push=true,push-by-digest=true,name-canonical=true`];
  }
  const tags = references.flatMap((image) => ['--tag', taggedReference(image)]);
  return [...tags, ...(isPushed ? ['--push'] : ['--output', 'type=cacheonly'])];
}
