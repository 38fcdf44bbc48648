import { type ImageFormat, formatAttributes } from '../image/image-format.ts';
import type { ImageRequest } from '../image/image-request.ts';
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

/**
 * Without an output buildx only warns; `cacheonly` says that the daemon's cache is all that is wanted.
 * `isByDigest`: pushed without tags, to be merged afterwards.
 */
export function imageArguments(
  { image: { references, isPushed }, format, exports }: BuildResults,
  isByDigest: boolean,
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
