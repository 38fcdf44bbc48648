import { basename, join } from 'node:path/posix';
import type { Problem } from '../../src/core/errors.ts';
import { nearest } from '../../src/core/text/nearest.ts';
import type { Files } from '../../src/ports/files.ts';

/** The problems of bake files that are not there, each with the names most like it. */
export async function checkBakeFiles(
  paths: readonly string[],
  sourcesFolder: string,
  files: Files,
): Promise<readonly Problem[]> {
  const checks = paths.map(async (path): Promise<readonly Problem[]> => {
    const found = await files.exists(join(sourcesFolder, path));
    if (found === 'file') return [];
    const below = await files.listBelow(sourcesFolder, ['.git', 'node_modules']);
    const like = nearest(path, below.filter(isBakeFile));
    const change =
      like.length === 0 ? `Paths start at ${sourcesFolder}.` : `Did you mean ${like.join(' or ')}?`;
    const there = found === 'directory' ? 'a folder' : 'nothing';
    return [{ where: 'bakeFile', what: `Expected a file, found ${there} at ${path}.`, change }];
  });
  return (await Promise.all(checks)).flat();
}

function isBakeFile(path: string): boolean {
  return /\.(hcl|json|ya?ml)$/.test(path) && /bake|compose/.test(basename(path));
}
