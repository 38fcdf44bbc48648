import { interpolate } from './interpolate.ts';
import type { LoadRequest } from './load-request.ts';
import type { Loading } from './loading.ts';
import { child } from './node.ts';
import { readYaml } from './read-yaml.ts';

/** The name that wins: given, of the last file that has one, or the fallback (compose-go, loader.projectName). */
export function projectName(request: LoadRequest, loading: Loading): string {
  if (request.projectName !== undefined) return request.projectName;
  const names = request.files.flatMap((path) => {
    const text = loading.texts.read(path);
    if (text === undefined || !/^\s*['"]?name['"]?\s*:/m.test(text)) return [];
    const { models } = readYaml({ path, label: path, text });
    return models.map(({ root }) => child(root, 'name')).flatMap(nameText);
  });
  const filled = interpolate(names.at(-1) ?? '', request.variables);
  const normal = filled.ok ? normalName(filled.text) : '';
  return normal === '' ? request.fallbackName : normal;
}

function nameText(node: ReturnType<typeof child>): readonly string[] {
  return node?.kind === 'scalar' && node.text !== '' ? [node.text] : [];
}

/** Lower-case letters, digits, `_` and `-`, a letter or digit first; everything else is left out. */
export function normalName(text: string): string {
  return text
    .toLowerCase()
    .replace(/[^a-z0-9_-]/g, '')
    .replace(/^[_-]+/, '');
}
