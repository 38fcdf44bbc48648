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

/**
 * By the names that BuildKit gives (buildkit: frontend/dockerui, exporter, cache/remotecache), without platforms. In a
 * bake they begin with the target: `[api internal] …`, `[api context lib] …`, `[api] exporting …`.
 */
const patterns: readonly (readonly [Phase, RegExp])[] = [
  ['pull', /^\[(?:\S+ )?internal\] load metadata for /],
  ['context', /^\[(?:\S+ )?internal\] load /],
  ['context', /^\[(?:\S+ )?context \S+\] load (?:from client|\.dockerignore)/],
  ['pull', /^(?:\[\S+\] )?(?:resolve image config for |docker-image:\/\/)/],
  ['pull', /^\[(?:\S+ )?context \S+\] /],
  ['cacheImport', /^(?:\[\S+\] )?importing cache manifest from /],
  ['cacheExport', /^(?:\[\S+\] )?exporting cache to /],
  ['export', /^(?:\[\S+\] )?exporting to /],
];

/** The phase of a vertex; a push is part of the work of the vertex that exports. */
export function phaseOf({ step, name }: Pick<Vertex, 'step' | 'name'>): Phase {
  if (step !== undefined) return isUserStep(step) ? 'build' : 'pull';
  const plain = withoutPlatform(name);
  return patterns.find(([, pattern]) => pattern.test(plain))?.[0] ?? 'other';
}

/** `[linux/arm64 internal] …` becomes `[internal] …`: builds side by side name the platform everywhere. */
export function withoutPlatform(name: string): string {
  return name.replace(/^\[\w+\/\S+\s+/, '[');
}
