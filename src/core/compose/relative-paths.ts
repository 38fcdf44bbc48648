import posix from 'node:path/posix';
import { type ComposeNode, scalar, withEntry } from './node.ts';
import { PathRules, mapRuled } from './path-rules.ts';

/** What paths of a file are relative to. */
export interface PathBase {
  /** Absolute. */
  readonly folder: string;
  /** What `~` stands for. */
  readonly home: string;
}

type Resolve = (node: ComposeNode, base: PathBase) => ComposeNode;

/** Relative paths made absolute (compose-go, paths/resolve.go). */
export function resolvePaths(
  node: ComposeNode,
  base: PathBase,
  rules: PathRules<Resolve> = resolvers,
): ComposeNode {
  if (rules.rule !== undefined) return rules.rule(node, base);
  return mapRuled(node, rules, (child, below) => resolvePaths(child, base, below));
}

/** A path below a folder; `~` is the home, an absolute path stays. */
export function resolvePath(text: string, { folder, home }: PathBase): string {
  const expanded = text.startsWith('~') ? posix.join(home, text.slice(1)) : text;
  return posix.isAbsolute(expanded) ? expanded : posix.join(folder, expanded);
}

const file: Resolve = (node, base) => {
  if (node.kind !== 'scalar' || typeof node.value !== 'string' || node.value === '') return node;
  return scalar(resolvePath(node.value, base), node.place);
};

const context: Resolve = (node, base) => {
  const isElsewhere = /:\/\/|^service:|^github\.com\/|^git@/;
  return node.kind === 'scalar' && isElsewhere.test(node.text) ? node : file(node, base);
};

/** Only binds have a path as source. */
const volume: Resolve = (node, base) => {
  if (node.kind !== 'map' || textAt(node, 'type') !== 'bind') return node;
  const source = node.entries.get('source');
  return source === undefined ? node : withEntry(node, 'source', absolute(source, base));
};

/** An empty source is the folder itself, and a Windows path stays what it is. */
const absolute: Resolve = (node, base) => {
  if (node.kind !== 'scalar' || typeof node.value !== 'string') return node;
  if (/^(?:\p{L}:[\\/]|\\\\)/u.test(node.value)) return node;
  return scalar(resolvePath(node.value, base), node.place);
};

const localVolume: Resolve = (node, base) => {
  const options = node.kind === 'map' ? node.entries.get('driver_opts') : undefined;
  const device = options?.kind === 'map' ? options.entries.get('device') : undefined;
  if (node.kind !== 'map' || options?.kind !== 'map' || device === undefined) return node;
  if (textAt(node, 'driver') !== 'local' || textAt(options, 'o') !== 'bind') return node;
  return withEntry(node, 'driver_opts', withEntry(options, 'device', absolute(device, base)));
};

function textAt(node: ComposeNode, key: string): string | undefined {
  const found = node.kind === 'map' ? node.entries.get(key) : undefined;
  return found?.kind === 'scalar' ? found.text : undefined;
}

const resolvers = new PathRules<Resolve>({
  'services.*.build.context': context,
  'services.*.build.additional_contexts.*': context,
  'services.*.env_file.*.path': file,
  'services.*.extends.file': file,
  'services.*.label_file.*': file,
  'services.*.volumes.*': volume,
  'services.*.x-wait.http.tls.ca': file,
  'configs.*.file': absolute,
  'secrets.*.file': absolute,
  'volumes.*': localVolume,
});
