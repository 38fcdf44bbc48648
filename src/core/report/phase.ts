import { isUserStep } from '../buildx/step-name.ts';
import type { Vertex } from '../buildx/vertex-table.ts';

/** What a build spends its time on, in the order in which it begins. */
export const phases = [
  'context',
  'pull',
  'cacheImport',
  'build',
  'export',
  'push',
  'cacheExport',
  'other',
] as const;

export type Phase = (typeof phases)[number];

/** By the names that BuildKit gives (buildkit: frontend/dockerui, exporter, cache/remotecache), without platforms. */
const patterns: readonly (readonly [Phase, RegExp])[] = [
  ['pull', /^\[internal\] load metadata for /],
  ['context', /^\[internal\] load |^\[context .*\] load from client/],
  ['pull', /^resolve image config for |^docker-image:\/\//],
  ['pull', /^\[context .*\] (?!load from client)/],
  ['cacheImport', /^importing cache manifest from /],
  ['cacheExport', /^exporting cache to /],
  ['export', /^exporting to /],
];

/** The phase of a vertex; a push is part of the work of the vertex that exports. */
export function phaseOf({ step, name }: Pick<Vertex, 'step' | 'name'>): Phase {
  if (step !== undefined) return isUserStep(step) ? 'build' : 'pull';
  const plain = withoutPlatform(name);
  return patterns.find(([, pattern]) => pattern.test(plain))?.[0] ?? 'other';
}

/** Whether it brings the user's files to the daemon, so that its digest differs in every run. */
export function isContextUpload(name: string): boolean {
  return /^\[internal\] load build context|^\[context .*\] load from client/.test(
    withoutPlatform(name),
  );
}

/** `[linux/arm64 internal] …` becomes `[internal] …`: builds side by side name the platform everywhere. */
export function withoutPlatform(name: string): string {
  return name.replace(/^\[\w+\/\S+\s+/, '[');
}
