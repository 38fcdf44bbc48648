import { formatBytes } from '../text/measures.ts';
import { totalBytes } from './context-file.ts';

/** Larger ones take noticeable time to send, and are seldom meant. */
const largeBytes = 50_000_000;
const named = 5;

interface SizedPath {
  readonly path: string;
  readonly bytes: number;
}

/** Folders that are made anew inside the build, or have no business there. */
const ballast = new Set([
  ...['.git', 'node_modules', '.venv', 'venv', '__pycache__', '.terraform', '.gradle', '.idea'],
  ...['bin', 'obj', 'dist', 'build', 'out', 'target', 'coverage', 'TestResults', '.next', '.nuget'],
]);

/** What a large context consists of, and lines of .dockerignore that may make it smaller; none for others. */
export function largeContext(entries: readonly SizedPath[]): readonly string[] {
  const total = totalBytes(entries);
  if (total < largeBytes) return [];
  const files = [...entries].sort((a, b) => b.bytes - a.bytes).slice(0, named);
  const folders = ballastIn(entries);
  return [
    `The context folder holds ${formatBytes(total)}. Its largest files:`,
    ...files.map(({ path, bytes }) => `  ${formatBytes(bytes).padStart(9)}  ${path}`),
    ...(folders.length === 0
      ? ['Name in .dockerignore what the build does not copy.']
      : ['If the build does not copy them, these lines in .dockerignore leave them out:']),
    ...folders.map(([path, size]) => `  ${path}  (${formatBytes(size)})`),
  ];
}

/** The outermost of such folders with their bytes, the largest first. */
function ballastIn(entries: readonly SizedPath[]): readonly (readonly [string, number])[] {
  const sizes = new Map<string, number>();
  for (const { path, bytes } of entries) {
    const parts = path.split('/');
    const at = parts.slice(0, -1).findIndex((part) => ballast.has(part));
    if (at < 0) continue;
    const folder = parts.slice(0, at + 1).join('/');
    sizes.set(folder, (sizes.get(folder) ?? 0) + bytes);
  }
  return [...sizes].sort(([, a], [, b]) => b - a).slice(0, named);
}
