import { join } from 'node:path/posix';
import type { BuildSources } from '../../src/core/buildx/build-sources.ts';
import { holdsFolder } from '../../src/core/buildx/context-place.ts';
import {
  type SecretInput,
  missingFile,
  sizeProblem,
} from '../../src/core/buildx/secret-problems.ts';
import { keyProblem } from '../../src/core/buildx/ssh-lines.ts';
import { type ValueSources, readSource } from '../../src/core/buildx/value-source.ts';
import type { Problem } from '../../src/core/errors.ts';
import type { Files } from '../../src/ports/files.ts';
import { missingDockerfile } from './find-dockerfile.ts';
import type { Inputs } from './inputs/surroundings.ts';

/** Where paths start, and what must not be sent. */
export interface CheckedFolders {
  readonly sourcesFolder: string;
  /** Agent.TempDirectory. */
  readonly tempDirectory: string;
}

/** The problems of the folders and the Dockerfile that a build reads; the daemon itself sees to remote ones. */
export async function checkSources(
  sources: BuildSources,
  folders: CheckedFolders,
  files: Files,
): Promise<readonly Problem[]> {
  const { isRemote, context, namedContexts } = sources;
  const wrong = isRemote ? undefined : await checkFolder('context', context, folders, files);
  const results = await Promise.all([
    isOwnDockerfile(sources, wrong)
      ? checkDockerfile(sources.dockerfile, folders, files)
      : undefined,
    ...namedContexts.map(({ folder }) =>
      folder === undefined ? undefined : checkFolder('buildContexts', folder, folders, files),
    ),
  ]);
  return [wrong, ...results].filter((problem) => problem !== undefined);
}

/** That a wrong context lacks the Dockerfile which it would have by default is no news. */
function isOwnDockerfile(
  { isRemote, context, dockerfile, dockerfileText }: BuildSources,
  wrongContext: Problem | undefined,
): boolean {
  if (isRemote || dockerfileText !== undefined) return false;
  return wrongContext === undefined || dockerfile !== join(context, 'Dockerfile');
}

async function checkFolder(
  where: string,
  path: string,
  { sourcesFolder, tempDirectory }: CheckedFolders,
  files: Files,
): Promise<Problem | undefined> {
  const found = await files.exists(path);
  if (found !== 'directory') {
    const what = `Expected a folder, found ${found === 'file' ? 'a file' : 'nothing'} at ${path}.`;
    return { where, what, change: `Give a folder; relative ones start at ${sourcesFolder}.` };
  }
  if (!holdsFolder(path, tempDirectory)) return undefined;
  return {
    where,
    what: `${path} holds ${tempDirectory}, where the agent keeps logins and secrets: all of it would be sent to the daemon.`,
    change: 'Give a smaller folder, such as the sources.',
  };
}

async function checkDockerfile(
  path: string,
  { sourcesFolder }: CheckedFolders,
  files: Files,
): Promise<Problem | undefined> {
  const found = await files.exists(path);
  return found === 'file' ? undefined : await missingDockerfile(path, found, sourcesFolder, files);
}

/** The problems of the files that secrets and keys come from, also when other lines have problems. */
export async function checkSecretFiles(
  inputs: Pick<Inputs, SecretInput>,
  sources: ValueSources,
  files: Files,
): Promise<readonly Problem[]> {
  const checks = (['secrets', 'ssh'] as const).flatMap((where) =>
    inputs[where].map((line) => checkLine(where, line, sources, files)),
  );
  return (await Promise.all(checks)).filter((problem) => problem !== undefined);
}

async function checkLine(
  where: SecretInput,
  line: string,
  sources: ValueSources,
  files: Files,
): Promise<Problem | undefined> {
  const named = readSource(line, sources);
  if (named?.source.kind !== 'file') return undefined;
  const { id, source } = named;
  if ((await files.exists(source.path)) !== 'file') return missingFile(where, id, source);
  const wrongSize = sizeProblem(where, id, (await files.size(source.path)) ?? 0);
  if (wrongSize !== undefined || where === 'secrets') return wrongSize;
  return keyProblem(id, (await files.readText(source.path)) ?? '');
}
