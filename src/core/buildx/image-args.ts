import { type ImageFormat, formatAttributes } from '../image/image-format.ts';
import type { ImageRequest } from '../image/image-request.ts';
import { annotationOptions, isOfIndex } from '../image/labels/annotations.ts';
import { taggedReference } from '../image/tags.ts';
import { csvField } from '../text/csv-field.ts';
import { type ExportRequest, exportArguments } from './export-request.ts';

export interface BuildResults {
  readonly image: ImageRequest;
  readonly format: ImageFormat;
  readonly exports: ExportRequest;
}

/** unpack=false: a daemon with an image store of its own need not fill it. */
const pushed = 'type=image,push=true,unpack=false';

/** What becomes of the result of one build. */
export interface ImageForm {
  /** Pushed without tags, to be merged afterwards. */
  readonly isByDigest: boolean;
  /** The result is an index of its own: BuildKit refuses annotations for one that is not made. */
  readonly hasIndex: boolean;
}

/** Names, labels and annotations. Without an output buildx only warns; `cacheonly` says that the daemon's cache is all that is wanted. */
export function imageArguments(results: BuildResults, form: ImageForm): readonly string[] {
  const { image } = results;
  return [
    ...labelArguments(image),
    ...annotationArguments(image, form),
    ...outputArguments(results, form),
  ];
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
  return annotationOptions(annotations, (level) => takesIndex || !isOfIndex(level));
}

function outputArguments(
  { image: { references, isPushed }, format, exports }: BuildResults,
  { isByDigest }: ImageForm,
): readonly string[] {
  const attributes = formatAttributes(format);
  if (isByDigest) {
    const names = csvField(`name=${[...new Set(references.map(({ name }) => name))].join(',')}`);
    const byDigest = [names, 'push-by-digest=true', 'name-canonical=true', ...attributes];
    return ['--output', [pushed, ...byDigest].join(',')];
  }
  const tags = references.flatMap((image) => ['--tag', taggedReference(image)]);
  const push = isPushed ? ['--output', [pushed, ...attributes].join(',')] : [];
  const outputs = [...push, ...exportArguments(exports, format)];
  return [...tags, ...(outputs.length === 0 ? ['--output', 'type=cacheonly'] : outputs)];
}
