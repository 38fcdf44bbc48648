import type { Labels } from './run-labels.ts';

/** Levels that buildx writes annotations at (docs.docker.com/build/metadata/annotations); `[platform]` may follow. */
const level = '(?:manifest|index|manifest-descriptor|index-descriptor)(?:\\[[^\\]]+\\])?';
const levelled = new RegExp(`^(${level}(?:,${level})*):(.+)$`);

/** One annotation at one level. */
export interface Annotation {
  /** e.g. `index` or `manifest[linux/amd64]`. */
  readonly level: string;
  readonly key: string;
  readonly value: string;
}

/**
 * Annotations by their levels. Without a level one is written to the manifests and, because that is where registries and people
 * look first, to the index over them. @param labels keys may have levels in front, as buildx takes them
 */
export function annotationsOf(labels: Labels): readonly Annotation[] {
  return Object.entries(labels).flatMap(([text, value]) => {
    const [, levels = 'manifest,index', key = text] = levelled.exec(text) ?? [];
    return levels.split(/,(?![^[]*\])/).map((one) => ({ level: one, key, value }));
  });
}

/** Written into an index, or beside its entry in one above it: it needs an index to be. */
export function isOfIndex({ level: name }: Annotation): boolean {
  return name.startsWith('index');
}

export function annotationArgument({ level: name, key, value }: Annotation): string {
  return `${name}:${key}=${value}`;
}
