import { withoutPlatform } from './phase.ts';

/** As BuildKit names what it fetches itself (buildkit: frontend/dockerui, frontend/dockerfile), in a bake with the target. */
const patterns = [
  /^\[(?:\S+ )?context \S+\] (?!load )(\S+)/,
  /^\[(?:\S+ )?internal\] load git source (\S+)/,
  /^(?:\[\S+\] )?(https?:\/\/\S+)/,
];

/**
 * The image of a further context, repository or address that a vertex fetches by a name that may mean something new in each
 * run: BuildKit tells what a FROM resolves to, but not these. Undefined for everything else.
 */
export function unpinnedSource(vertex: string): string | undefined {
  const name = withoutPlatform(vertex);
  const source = patterns.map((pattern) => pattern.exec(name)?.[1]).find(Boolean);
  return source?.includes('@sha256:') === true ? undefined : source;
}
