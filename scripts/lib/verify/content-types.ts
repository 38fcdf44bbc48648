import type { Problem } from '../../../src/core/errors.ts';
import { type PackageFile, contentType } from '../package/package-file.ts';

const typesFile = '[Content_Types].xml';

/** Problems of the types that the package declares: a wrong one lets the gallery serve a file wrongly. */
export function contentTypeProblems(files: readonly PackageFile[]): readonly Problem[] {
  const xml = files.find(({ path }) => path === typesFile);
  if (xml === undefined) {
    return [{ where: typesFile, what: 'It is missing.', change: 'Pack with tfx.' }];
  }
  const declared = declaredTypes(Buffer.from(xml.content).toString('utf8'));
  return files
    .filter(({ path }) => !isMeta(path))
    .flatMap(({ path }) => {
      const expected = contentType(path);
      const found = declared(path);
      if (expected === found) return [];
      const what = `Expected type ${expected ?? 'of a known kind'}, found ${found ?? 'none'}.`;
      return [{ where: path, what, change: 'See scripts/lib/package/package-file.ts.' }];
    });
}

/** What tfx adds for the Marketplace. */
export function isMeta(path: string): boolean {
  return [typesFile, 'extension.vsixmanifest', 'extension.vsomanifest'].includes(path);
}

/** Open Packaging Conventions, part 2, 10.1.2: an Override by part name goes before a Default by extension. */
function declaredTypes(xml: string): (path: string) => string | undefined {
  const overrides = new Map<string, string>();
  const defaults = new Map<string, string>();
  for (const [, kind = '', attributes = ''] of xml.matchAll(/<(Override|Default)\s([^>]*)\/>/g)) {
    const type = attribute(attributes, 'ContentType');
    if (kind === 'Override') overrides.set(attribute(attributes, 'PartName'), type);
    else defaults.set(attribute(attributes, 'Extension').replace(/^\./, ''), type);
  }
  return (path) => overrides.get(`/${path}`) ?? defaults.get(path.split('.').at(-1) ?? '');
}

function attribute(attributes: string, name: string): string {
  return new RegExp(`${name}="([^"]*)"`).exec(attributes)?.[1] ?? '';
}
