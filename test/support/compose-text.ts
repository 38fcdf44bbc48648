import { type Loaded, loadProject } from '../../src/core/compose/load-project.ts';
import type { LoadRequest } from '../../src/core/compose/load-request.ts';
import type { ComposeProject, ComposeService } from '../../src/core/compose/model.ts';

/** Loads compose texts without a disk: `/s/compose.yaml` is the given text, other files stand by their path. */
export function loadTexts(
  text: string,
  values: Readonly<Record<string, string>> = {},
  others: Readonly<Record<string, string>> = {},
  more: Partial<LoadRequest> = {},
): Loaded {
  const files: Readonly<Record<string, string>> = { 'compose.yaml': text, ...others };
  const request: LoadRequest = {
    files: ['/s/compose.yaml'],
    folder: '/s',
    home: '/home/a',
    variables: (name) => values[name],
    fallbackName: 's',
    profiles: [],
    services: [],
    label: (path) => path.replace('/s/', ''),
    ...more,
  };
  const known = new Map<string, string | undefined>();
  for (;;) {
    const loaded = loadProject(request, known);
    if (loaded.kind !== 'needs') return loaded;
    loaded.paths.forEach((path) => known.set(path, files[path.replace('/s/', '')]));
  }
}

/** @throws Error when it is rejected */
export function projectOf(...args: Parameters<typeof loadTexts>): ComposeProject {
  const loaded = loadTexts(...args);
  if (loaded.kind === 'loaded') return loaded.project;
  throw new Error(JSON.stringify(loaded));
}

/** The one service of a text. */
export function serviceOf(...args: Parameters<typeof loadTexts>): ComposeService {
  const [service] = projectOf(...args).services;
  if (service === undefined) throw new Error('There is no service.');
  return service;
}

/** What is wrong, as it is shown. @throws Error when the text is accepted */
export function problemsOf(...args: Parameters<typeof loadTexts>): readonly string[] {
  const loaded = loadTexts(...args);
  if (loaded.kind !== 'rejected') throw new Error('the file was accepted');
  const all = [...loaded.problems, ...loaded.unsupported];
  return all.map(({ where = '', what }) => `${where}: ${what}`);
}
