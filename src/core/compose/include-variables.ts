import posix from 'node:path/posix';
import { readEnvFile } from './env-file.ts';
import type { Variables } from './interpolate.ts';
import type { FileGroup, Loading } from './loading.ts';
import { type ComposeNode, child } from './node.ts';
import { problemAt } from './read-yaml.ts';
import { resolvePath } from './relative-paths.ts';

/** The including file's variables win over those of the included file's own `.env`. */
export function withEnvFiles(
  item: ComposeNode,
  folder: string,
  group: FileGroup,
  loading: Loading,
): Variables {
  const said = child(item, 'env_file');
  const named = textsOf(said).filter((file) => file !== '/dev/null');
  const files =
    said === undefined
      ? [posix.join(folder, '.env')]
      : named.map((file) => resolvePath(file, group.base));
  const values = new Map<string, string>();
  const lookup: Variables = (name) => group.variables(name) ?? values.get(name);
  for (const file of files) {
    const text = loading.texts.read(file);
    if (text === undefined) {
      const isWrong = said !== undefined && loading.texts.isMissing(file);
      if (isWrong) tell(said, `names ${file}, which does not exist.`, 'Mend the path.', loading);
      continue;
    }
    const read = readEnvFile({ path: file, label: loading.label(file), text }, lookup, values);
    loading.problems.push(...read);
  }
  return lookup;
}

/** The texts of a text or list. */
export function textsOf(node: ComposeNode | undefined): readonly string[] {
  const items = node?.kind === 'list' ? node.items : node === undefined ? [] : [node];
  return items.flatMap((item) =>
    item.kind === 'scalar' && typeof item.value === 'string' ? [item.value] : [],
  );
}

export function tell({ place }: ComposeNode, what: string, change: string, loading: Loading): void {
  loading.problems.push(problemAt(place, { what: `include ${what}`, change }));
}
