import type { ProgressEvent } from './rawjson.ts';

/**
 * The event of a build for one platform, told as part of a build for several: digests get the platform in front, so that
 * two builds do not mix up equal vertices, and steps name it as buildx itself does for several platforms.
 */
export function eventOfPlatform(event: ProgressEvent, platform: string): ProgressEvent {
  const own = (digest: string): string => `${partPrefix(platform)}${digest}`;
  return {
    vertexes: event.vertexes.map((vertex) => ({
      ...vertex,
      digest: own(vertex.digest),
      inputs: vertex.inputs.map(own),
      name: named(vertex.name, platform),
    })),
    statuses: event.statuses.map((status) => ({ ...status, vertex: own(status.vertex) })),
    logs: event.logs.map((log) => ({ ...log, vertex: own(log.vertex) })),
    warnings: event.warnings.map((warning) => ({ ...warning, vertex: own(warning.vertex) })),
  };
}

/** `[base 2/3] RUN …` becomes `[linux/arm64 base 2/3] RUN …`; names without brackets stay. */
function named(name: string, platform: string): string {
  return name.startsWith('[') && !name.startsWith(`[${platform} `)
    ? name.replace('[', `[${platform} `)
    : name;
}

/** What the digests of a build for one of several platforms begin with; '' for a lone build. */
export function partPrefix(platform: string | undefined): string {
  return platform === undefined ? '' : `${platform} `;
}

/** Removes what is kept under keys that begin so. */
export function forgetKeys(kept: Map<string, unknown> | Set<string>, prefix: string): void {
  for (const key of [...kept.keys()]) if (key.startsWith(prefix)) kept.delete(key);
}
