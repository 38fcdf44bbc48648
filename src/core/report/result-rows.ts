import { code } from '../text/markdown.ts';
import { formatBytes, formatSeconds } from '../text/measures.ts';
import type { BuildReport } from './build-report.ts';

type Rows = readonly (readonly string[])[];

/** One row for each platform, the heading first. Sizes and digests are those of one image: not told of several targets. */
export function platformRows({ platforms, targets = [] }: BuildReport): Rows {
  const isOneImage = targets.length < 2;
  const body = platforms.map(({ platform, isEmulated, ms, cached, reached, digest, size }) => [
    platform,
    isEmulated ? 'emulated' : 'native',
    formatSeconds(ms),
    `${cached} of ${reached}`,
    ...(isOneImage ? [size === undefined ? '' : formatBytes(size), codeOf(digest)] : []),
  ]);
  const ofImage = isOneImage ? ['Size', 'Digest'] : [];
  return [['Platform', 'Runs', 'Time', 'Cached', ...ofImage], ...body];
}

/** One row for each target of a bake, the heading first. */
export function targetRows(targets: NonNullable<BuildReport['targets']>): Rows {
  const body = targets.map(({ name, references, digest, cached, reached }) => [
    code(name),
    references.map(code).join(' '),
    `${cached} of ${reached}`,
    codeOf(digest),
  ]);
  return [['Target', 'Image', 'Cached', 'Digest'], ...body];
}

function codeOf(digest: string | undefined): string {
  return digest === undefined ? '' : code(digest);
}
