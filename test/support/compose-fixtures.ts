import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Loaded } from '../../src/core/compose/load-project.ts';
import type { Fixture } from './compare-with-docker.ts';

const root = new URL('../fixtures/compose/', import.meta.url).pathname;

/** A hand-written project; its first lines say how it is to be read. */
export interface ComposeFixture extends Fixture {
  readonly name: string;
  /** Lines `# says:`: what we say of it, word for word. */
  readonly says: readonly string[];
}

/** Of a kind: a folder with `compose.yaml`, or a single file. */
export function composeFixtures(kind: string): readonly ComposeFixture[] {
  return readdirSync(join(root, kind), { withFileTypes: true }).map((entry) => {
    const path = join(root, kind, entry.name);
    return entry.isDirectory()
      ? fixture(entry.name, filesBelow(path))
      : fixture(entry.name, { 'compose.yaml': readFileSync(path, 'utf8') });
  });
}

function filesBelow(folder: string): Readonly<Record<string, string>> {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile());
  return Object.fromEntries(
    files.map(({ parentPath, name }) => {
      const path = join(parentPath, name);
      return [path.slice(folder.length + 1), readFileSync(path, 'utf8')];
    }),
  );
}

function fixture(name: string, files: Fixture['files']): ComposeFixture {
  const text = files['compose.yaml'] ?? '';
  const words = (key: string): readonly string[] => headers(text, key)[0]?.split(' ') ?? [];
  return {
    name: name.replace('.yaml', ''),
    files,
    env: Object.fromEntries(words('env').map((entry) => entry.split('=', 2) as [string, string])),
    composeFiles: headers(text, 'files').length === 0 ? ['compose.yaml'] : words('files'),
    profiles: words('profiles'),
    services: words('services'),
    says: headers(text, 'says'),
  };
}

function headers(text: string, key: string): readonly string[] {
  const start = `# ${key}: `;
  const lines = text.split('\n').filter((line) => line.startsWith(start));
  return lines.map((line) => line.slice(start.length));
}

/** What a loader says of a project that it does not take; its folder is `/s`. */
export function saidOf(loaded: Loaded): readonly string[] {
  if (loaded.kind !== 'rejected') return [];
  const all = [...loaded.problems, ...loaded.unsupported];
  return all.map(({ where = '', what }) =>
    `${where}: ${what}`.replace(/\/\S*\/compose-[^/]+\//, '/s/'),
  );
}
