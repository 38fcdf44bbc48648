import { loadProject } from '../../src/core/compose/load-project.ts';
import type { LoadRequest } from '../../src/core/compose/load-request.ts';
import type { ComposeProject } from '../../src/core/compose/model.ts';
import { type Parsed, parsed, rejected } from '../../src/core/parsed.ts';
import type { Files } from '../../src/ports/files.ts';

/** Files name files that name files; nobody nests them deeper. */
const maxRounds = 50;

/** Loads the project: the loader says which files it needs, we read them, until it has them all. */
export async function loadCompose(
  request: LoadRequest,
  files: Files,
): Promise<Parsed<ComposeProject>> {
  const known = new Map<string, string | undefined>();
  for (let round = 0; round < maxRounds; round += 1) {
    const loaded = loadProject(request, known);
    if (loaded.kind === 'loaded') return parsed(loaded.project);
    if (loaded.kind === 'rejected') return rejected(...loaded.problems, ...loaded.unsupported);
    for (const path of loaded.paths) known.set(path, await textOf(path, files));
  }
  const what = `The files of the project name others more than ${maxRounds} times over.`;
  return rejected({ where: 'composeFile', what, change: 'Include them from one file.' });
}

async function textOf(path: string, files: Files): Promise<string | undefined> {
  return (await files.exists(path)) === 'file' ? files.readText(path) : undefined;
}
