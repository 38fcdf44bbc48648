import * as v from 'valibot';
import { type Manifest, isCache } from './manifest.ts';
import type { Made } from './repository-state.ts';

/** Docker's first year: what claims to be older was built to be reproducible, with a time of its own choice. */
const firstTime = Date.parse('2013-01-01T00:00:00Z');
const key = 'org.opencontainers.image.created';

const imageConfig = v.pipe(v.string(), v.parseJson(), v.object({ created: v.string() }));
/** moby/buildkit, cache/remotecache/v1/spec.go: every result of a step knows when it was made. */
const results = v.optional(v.array(v.object({ createdAt: v.optional(v.string(), '') })), []);
const cacheConfig = v.pipe(
  v.string(),
  v.parseJson(),
  v.object({ records: v.array(v.object({ layers: results, chains: results })) }),
);

/** What is known of one manifest. */
export interface Dated {
  readonly manifest: Manifest;
  /** Text of its configuration, where it has one. */
  readonly config: string | undefined;
}

/**
 * When an image was made: by the annotation of its index or manifest, else by its configuration; a cache, when its youngest
 * step ran. The youngest of the platforms counts. Undefined when nothing tells, or tells a time before there were images.
 * @param parts the manifest itself first, then those in it
 */
export function imageTime(parts: readonly Dated[]): Made | undefined {
  const [top] = parts;
  if (top === undefined) return undefined;
  return (
    newest('annotation', [top.manifest.annotations[key]]) ??
    newest(
      'annotation',
      parts.map(({ manifest }) => manifest.annotations[key]),
    ) ??
    newest('config', parts.filter(isImage).map(configTime)) ??
    newest('cache', parts.filter(({ manifest }) => isCache(manifest)).flatMap(resultTimes))
  );
}

/** Whether the configuration has to be read to tell the time. */
export function needsConfigs(manifests: readonly Manifest[]): boolean {
  return imageTime(manifests.map((manifest) => ({ manifest, config: undefined }))) === undefined;
}

/** Whether its configuration is one that tells a time. */
export function tellsTime({ kind, config }: Manifest): boolean {
  return config !== undefined && ['image', 'cache', 'cacheIndex'].includes(kind);
}

function isImage({ manifest }: Dated): boolean {
  return manifest.kind === 'image';
}

function configTime({ config }: Dated): string | undefined {
  const result = v.safeParse(imageConfig, config);
  return result.success ? result.output.created : undefined;
}

function resultTimes({ config }: Dated): readonly string[] {
  const result = v.safeParse(cacheConfig, config);
  if (!result.success) return [];
  return result.output.records
    .flatMap(({ layers, chains }) => [...layers, ...chains])
    .map(({ createdAt }) => createdAt);
}

function newest(source: Made['source'], texts: readonly (string | undefined)[]): Made | undefined {
  const times = texts.map((text) => Date.parse(text ?? '')).filter((at) => at > firstTime);
  return times.length === 0 ? undefined : { at: Math.max(...times), source };
}
