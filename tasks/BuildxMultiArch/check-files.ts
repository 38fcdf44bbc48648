import { basename, dirname } from 'node:path/posix';
import type { BuildSources } from '../../src/core/buildx/build-sources.ts';
import { type SecretFile, sizeProblem } from '../../src/core/buildx/secret-lines.ts';
import type { Problem } from '../../src/core/errors.ts';
import type { Files } from '../../src/ports/files.ts';

/** The problems of the files and folders that the inputs name, in the inputs' order. */
export async function checkFiles(
  { context, dockerfile }: Pick<BuildSources, 'context' | 'dockerfile'>,
  secretFiles: readonly SecretFile[],
  files: Files,
): Promise<readonly Problem[]> {
  const results = await Promise.all([
    checkContext(context, files),
    checkDockerfile(dockerfile, files),
    ...secretFiles.map((secret) => checkSecret(secret, files)),
  ]);
  return results.filter((problem) => problem !== undefined);
}

async function checkContext(path: string, files: Files): Promise<Problem | undefined> {
  const found = await files.exists(path);
  if (found === 'directory') return undefined;
  return {
    where: 'context',
    what: `Expected a folder, found ${found === 'file' ? 'a file' : 'nothing'} at ${path}.`,
    change:
      'Give a folder below the sources folder; Git and URL contexts are not read by this version.',
  };
}

async function checkDockerfile(path: string, files: Files): Promise<Problem | undefined> {
  const found = await files.exists(path);
  if (found === 'file') return undefined;
  const near = (await files.list(dirname(path))).filter((name) => /dockerfile/i.test(name));
  return {
    where: 'dockerfile',
    what: `Expected a file, found ${found === undefined ? 'nothing' : 'a folder'} at ${path}.`,
    change:
      near.length === 0
        ? `There is no Dockerfile in ${dirname(path)}; check the path.`
        : `There is ${near.join(', ')} beside it; did you mean that instead of ${basename(path)}?`,
  };
}

async function checkSecret({ id, path }: SecretFile, files: Files): Promise<Problem | undefined> {
  if ((await files.exists(path)) === 'file') return sizeProblem(id, (await files.size(path)) ?? 0);
  return {
    where: 'secrets',
    what: `Secret "${id}" comes from the file ${path}, which is not there.`,
    change: 'Check the path; it starts at the sources folder.',
  };
}
