import { relative } from 'node:path/posix';
import type { Bake } from '../../src/core/bake/baked-targets.ts';
import { type ContextUse, contextUses } from '../../src/core/bake/target-contexts.ts';
import type { Problem } from '../../src/core/errors.ts';
import { nearest } from '../../src/core/text/nearest.ts';
import type { Files } from '../../src/ports/files.ts';

const where = 'bakeFile';

/** The problems of contexts and Dockerfiles that are not there, of all targets at once, before anything is built. */
export async function checkBakeSources(
  bake: Bake,
  sourcesFolder: string,
  files: Files,
): Promise<readonly Problem[]> {
  const uses = contextUses(bake, sourcesFolder);
  const problems = await Promise.all(uses.map((use) => problemOf(use, sourcesFolder, files)));
  return problems.flat();
}

async function problemOf(
  use: ContextUse,
  sourcesFolder: string,
  files: Files,
): Promise<readonly Problem[]> {
  const { target, name, context, dockerfile, dockerfileText } = use;
  const told = (path: string): string => relative(sourcesFolder, path) || '.';
  if ((await files.exists(context)) === undefined) {
    const which = name === undefined ? 'context' : `context "${name}"`;
    const what = `There is no folder ${told(context)}, which is the ${which} of the target "${target}".`;
    return [{ where, what, change: `Paths start at ${sourcesFolder}.` }];
  }
  const isElsewhere = dockerfileText !== undefined || name !== undefined || /:\//.test(dockerfile);
  if (isElsewhere || (await files.exists(dockerfile)) !== undefined) return [];
  const below = await files.listBelow(sourcesFolder, ['.git', 'node_modules']);
  const like = nearest(told(dockerfile), below.filter(isDockerfile));
  const what = `The target "${target}" has no Dockerfile at ${told(dockerfile)}.`;
  const change =
    like.length === 0 ? 'Its path starts at its context.' : `Did you mean ${like.join(' or ')}?`;
  return [{ where, what, change: `${change} Write it from the context, as "dockerfile".` }];
}

function isDockerfile(path: string): boolean {
  return /(docker|container)file[^/]*$/i.test(path);
}
