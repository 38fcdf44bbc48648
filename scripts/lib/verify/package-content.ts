import type { Problem } from '../../../src/core/errors.ts';
import type { PackageFile } from '../package/package-file.ts';
import { isMeta } from './content-types.ts';

/** What ships: no sources, no node_modules, no source maps, nothing that lay about. */
const shipped = [
  /^[A-Z]\w*\/v\d+\/(task\.json|icon\.png|dist\/[\w-]+\.cjs)$/,
  /^web\/(containers\.html|tab\.js|style\.css)$/,
  /^(LICENSE|THIRD-PARTY-NOTICES\.txt|docs\/marketplace\.md|images\/[\w-]+\.png)$/,
];

const megabyte = 1024 * 1024;

/**
 * Azure DevOps Server refuses large extensions, and a fresh agent downloads them in every job. The tab's script loads with
 * the tab, in each run that somebody looks at (ADR 17).
 */
export const budgets = { package: 3 * megabyte, task: 1.5 * megabyte, tab: 60 * 1024 };

/** Problems of what is in the package, and of how much. */
export function contentProblems(
  files: readonly PackageFile[],
  packageBytes: number,
): readonly Problem[] {
  const foreign = files
    .filter(({ path }) => !isMeta(path) && !shipped.some((pattern) => pattern.test(path)))
    .map(({ path }) => ({
      where: path,
      what: 'This file does not belong into the package.',
      change: 'Keep it out, or add it to scripts/lib/verify/package-content.ts.',
    }));
  return [
    ...foreign,
    ...tooLarge('The package', packageBytes, budgets.package),
    ...files
      .filter(({ path }) => path.startsWith('web/') && path.endsWith('.js'))
      .flatMap(({ path, content }) => tooLarge(path, content.byteLength, budgets.tab)),
    ...[...taskBytes(files)].flatMap(([task, bytes]) => tooLarge(task, bytes, budgets.task)),
  ];
}

/** Unpacked bytes of each task and major, such as `PodmanServices/v1`. */
export function taskBytes(files: readonly PackageFile[]): ReadonlyMap<string, number> {
  const sums = new Map<string, number>();
  for (const { path, content } of files) {
    const task = /^\w+\/v\d+(?=\/)/.exec(path)?.[0];
    if (task !== undefined) sums.set(task, (sums.get(task) ?? 0) + content.byteLength);
  }
  return sums;
}

function tooLarge(where: string, bytes: number, limit: number): readonly Problem[] {
  if (bytes <= limit) return [];
  const kilobytes = (size: number): string => `${Math.ceil(size / 1024)} KB`;
  const what = `Expected at most ${kilobytes(limit)}, found ${kilobytes(bytes)}.`;
  return [{ where, what, change: 'See what `npm run build` lists.' }];
}
