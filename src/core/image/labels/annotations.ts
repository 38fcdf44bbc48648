import type { Labels } from './run-labels.ts';

/** Levels that buildx writes annotations at (docs.docker.com/build/metadata/annotations); `[platform]` may follow. */
const level = '(?:manifest|index|manifest-descriptor|index-descriptor)(?:\\[[^\\]]+\\])?';
const levelled = new RegExp(`^(${level}(?:,${level})*):(.+)$`);

/** One annotation, and where it is written. */
export interface Annotation {
  /** e.g. `index` or `manifest[linux/amd64]`; at least one. */
  readonly levels: readonly string[];
  readonly key: string;
  readonly value: string;
}

/**
 * Annotations by their levels. Without a level one is written to the manifests and, because that is where registries and people
 * look first, to the index over them. @param labels keys may have levels in front, as buildx takes them
 */
export function annotationsOf(labels: Labels): readonly Annotation[] {
  return Object.entries(labels).map(([text, value]) => {
    const [, levels = 'manifest,index', key = text] = levelled.exec(text) ?? [];
    return { levels: levels.split(/,(?![^[]*\])/), key, value };
  });
}

/** Written into an index, or beside its entry in one above it: it needs an index to be. */
export function isOfIndex(level: string): boolean {
  return level.startsWith('index');
}

/** The options of buildx for the levels that are taken. */
export function annotationOptions(
  annotations: readonly Annotation[],
  takes: (level: string) => boolean,
): readonly string[] {
  return annotations.flatMap(({ levels, key, value }) => {
    const taken = levels.filter(takes);
    return taken.length === 0 ? [] : ['--annotation', `${taken.join(',')}:${key}=${value}`];
  });
}
