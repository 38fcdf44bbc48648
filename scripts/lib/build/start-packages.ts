import type { Metafile } from 'esbuild';
import { packageFolders } from './package-copies.ts';

/**
 * The folders of npm packages whose code loads at once with an output file, such as
 * `tasks/X/dist/main.cjs`: in it, or in a file that it imports statically, and so on.
 */
export function startPackages(
  { inputs, outputs }: Pick<Metafile, 'inputs' | 'outputs'>,
  file: string,
): readonly string[] {
  const reached = new Set<string>();
  const visit = (path: string): void => {
    const output = outputs[path];
    if (output === undefined || reached.has(path)) return;
    reached.add(path);
    for (const next of output.imports) if (next.kind === 'import-statement') visit(next.path);
  };
  visit(file);
  const loaded = [...reached].flatMap((path) => Object.keys(outputs[path]?.inputs ?? {}));
  const entries = loaded.flatMap((path) => {
    const input = inputs[path];
    return input === undefined ? [] : [[path, input] as const];
  });
  return packageFolders({ inputs: Object.fromEntries(entries) });
}
