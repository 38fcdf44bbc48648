import { join, relative } from 'node:path/posix';
import type { Problem } from '../../src/core/errors.ts';
import { type Parsed, parsed, rejected } from '../../src/core/parsed.ts';
import { isGlob, matching } from '../../src/core/text/glob.ts';
import { nearest } from '../../src/core/text/nearest.ts';
import type { Files } from '../../src/ports/files.ts';

/** Their Dockerfiles belong to other people. */
const skipped = ['.git', 'node_modules'];
const shownMatches = 5;
const where = 'dockerfile';

/**
 * The one file that a pattern matches below the sources, as an absolute path; another path stays as it is. Docker@2
 * takes the first match, which depends on the names of folders that nobody thinks of.
 */
export async function findDockerfile(
  path: string,
  sourcesFolder: string,
  files: Files,
): Promise<Parsed<string>> {
  if (!isGlob(path) || (await files.exists(path)) !== undefined) return parsed(path);
  const pattern = relative(sourcesFolder, path);
  const below = await files.listBelow(sourcesFolder, skipped);
  const [found, ...others] = matching(pattern, below);
  if (found !== undefined && others.length === 0) return parsed(join(sourcesFolder, found));
  if (found !== undefined) return rejected(manyMatches(pattern, [found, ...others]));
  return rejected({
    where,
    what: `Expected a file that matches "${pattern}" below ${sourcesFolder}, found none.`,
    change: suggestion(namesLike(pattern, below)),
  });
}

/** What to say of a Dockerfile that is not there: the names most like it below the sources. */
export async function missingDockerfile(
  path: string,
  found: 'directory' | undefined,
  sourcesFolder: string,
  files: Files,
): Promise<Problem> {
  const below = await files.listBelow(sourcesFolder, skipped);
  return {
    where,
    what: `Expected a file, found ${found === undefined ? 'nothing' : 'a folder'} at ${path}.`,
    change: suggestion(namesLike(relative(sourcesFolder, path), below)),
  };
}

/** Files that look like a Dockerfile, wherever they lie, and then those of a similar name. */
function namesLike(path: string, below: readonly string[]): readonly string[] {
  const dockerfiles = below.filter((each) => /(docker|container)file[^/]*$/i.test(each));
  const like = nearest(path, dockerfiles);
  return like.length > 0 ? like : dockerfiles.slice(0, shownMatches);
}

function suggestion(names: readonly string[]): string {
  return names.length === 0
    ? 'There is no Dockerfile below the sources; check the path, and that the sources are checked out.'
    : `Did you mean ${names.join(' or ')}?`;
}

function manyMatches(pattern: string, matches: readonly string[]): Problem {
  const more = matches.length > shownMatches ? `, and ${matches.length - shownMatches} more` : '';
  return {
    where,
    what: `Expected one file that matches "${pattern}", found ${matches.length}: ${matches.slice(0, shownMatches).join(', ')}${more}.`,
    change: 'Name one of them; each image is a step of its own.',
  };
}
