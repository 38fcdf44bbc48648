import type { Problem } from '../errors.ts';
import { type Parsed, parsed, rejected } from '../parsed.ts';
import { parseByteSize } from '../text/byte-size.ts';
import { formatBytes } from '../text/measures.ts';
import { undefinedVariable } from '../task/undefined-variable.ts';

/** How large an image may be in the registry, for each platform. */
export interface SizeBudget {
  readonly bytes: number;
  /** Whether a larger image fails the step. */
  readonly isStrict: boolean;
}

/** `500MB`, `error:500MB` or `warn:1.5GiB`. */
export function readSizeBudget(
  where: string,
  text: string | undefined,
): Parsed<SizeBudget | undefined> {
  if (text === undefined) return parsed(undefined);
  const [, level = 'error', size = ''] = /^(?:(error|warn):)?(.*)$/i.exec(text) ?? [];
  const bytes = parseByteSize(size);
  if (bytes !== undefined && bytes > 0) {
    return parsed({ bytes, isStrict: level.toLowerCase() === 'error' });
  }
  const malformed = {
    where,
    what: `Expected a size such as 500MB or 1.5GiB, found "${text}".`,
    change: 'Write warn: in front of the size to be warned only.',
  };
  return rejected(undefinedVariable(where, text) ?? malformed);
}

/** An image in a registry. */
export interface MeasuredImage {
  /** e.g. linux/arm64. */
  readonly platform: string;
  readonly size: number;
}

/** The problem of the images that are larger than the budget; undefined when all keep it. */
export function budgetProblem(
  { bytes: limit }: SizeBudget,
  images: readonly MeasuredImage[],
): Problem | undefined {
  const large = images.filter(({ size }) => size > limit);
  if (large.length === 0) return undefined;
  const sizes = large.map(({ platform, size }) => `${formatBytes(size)} for ${platform}`);
  return {
    where: 'maxImageSize',
    what: `The image is pushed, but larger than ${formatBytes(limit)}: ${sizes.join(', ')}.`,
    change: 'Take a smaller base image, or copy only what runs into the last stage.',
  };
}
