import { createHash } from 'node:crypto';
import type { ContextFolder } from '../../src/ports/context-folder.ts';
import type { FakeFiles } from './fake-files.ts';

/** Contexts among files in memory. A copy is not made, only its folder. */
export function fakeContextFolder(files: FakeFiles): ContextFolder {
  const index: ContextFolder['index'] = (root, entries) =>
    Promise.resolve(
      entries.map(({ path, bytes }) => {
        const text = files.entries.get(`${root}/${path}`)?.text ?? '';
        return { path, bytes, digest: createHash('sha256').update(text).digest('hex') };
      }),
    );
  return {
    list: (root, rules) =>
      Promise.resolve(
        [...files.entries]
          .filter(([path]) => path.startsWith(`${root}/`))
          .map(([path, { text }]) => ({
            path: path.slice(root.length + 1),
            kind: 'file' as const,
            bytes: text.length,
          }))
          .filter(({ path }) => !rules.leavesOut(path)),
      ),
    index,
    copy: async (root, entries, target) => {
      await files.makeDirectory(target);
      return index(root, entries);
    },
    realPath: (path) => Promise.resolve(path),
    link: (_, path) => files.makeDirectory(path),
  };
}
