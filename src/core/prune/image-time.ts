import * as v from 'valibot';
import { type Manifest, isCache } from './manifest.ts';
import type { Made } from './repository-state.ts';

/** Docker's first year: what claims to be older was built to be reproducible, with a time of its own choice. */
const firstTime = Date.parse('2013-01-01T00:00:00Z');
const key = 'org.opencontainers.image.created';

const imageConfig = v.pipe(v.string(), v.parseJson(), v.object({ created: v.string() }));
const layer = v.object({ annotations: v.optional(v.object({ createdAt: v.string() })) });
const cacheConfig = v.pipe(v.string(), v.parseJson(), v.object({ layers: v.array(layer) }));

/** What is known of one manifest. */
export interface Dated {
  readonly manifest: Manifest;
  /** Text of its configuration, where it has one. */
  readonly config: string | undefined;
}

/**
 * When an image was made: by the annotation of its index or manifest, else by its configuration; a cache, when its youngest layer
 * was written. The youngest of the platforms counts. Undefined when nothing tells, or tells a time before there were images.
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
    newest('cache', parts.filter(({ manifest }) => isCache(manifest)).flatMap(layerTimes))
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

/** moby/buildkit, cache/remotecache/v1/spec.go: every layer of a cache knows when it was made. */
function layerTimes({ config }: Dated): readonly string[] {
  const result = v.safeParse(cacheConfig, config);
  return result.success ? result.output.layers.map((one) => one.annotations?.createdAt ?? '') : [];
}

function newest(source: Made['source'], texts: readonly (string | undefined)[]): Made | undefined {
  const times = texts.map((text) => Date.parse(text ?? '')).filter((at) => at > firstTime);
  return times.length === 0 ? undefined : { at: Math.max(...times), source };
}
