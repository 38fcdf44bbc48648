import { mountsIn } from './dockerfile-mounts.ts';
import { instructions } from './instructions.ts';

/**
 * Folders in which package managers keep what they have fetched: found again by name and hash, never by
 * comparing times.
 */
const packageCaches = [
  /^\/var\/(cache|lib\/apt)(\/|$)/,
  /(^|\/)\.(cache|npm|yarn|pnpm-store|bun|m2|gradle|ivy2|sbt|nuget|composer|conan2?)(\/|$)/,
  /(^|\/)(\.?cargo\/(registry|git)|go\/pkg\/mod|pnpm\/store|NuGet)(\/|$)/,
];

/**
 * Why files of this Dockerfile's context should keep the times of their checkout; undefined when nothing is
 * known against times made from content. Such times lie in the past, so a tool that compares them with what it
 * made earlier (make, cargo, msbuild) would take changed sources for old ones. Earlier results exist where a
 * cache is mounted, or where a second cargo builds over the stubs of a first.
 */
export function timeHazard(dockerfile: string): string | undefined {
  const runs = instructions(dockerfile).filter((line) => /^RUN\s/i.test(line));
  const mounted = mountsIn(dockerfile)
    .map(({ target }) => target)
    .find((target) => !packageCaches.some((cache) => cache.test(target)));
  if (mounted !== undefined) {
    return `the Dockerfile mounts a cache at ${mounted}, and tools that find earlier results there may compare times`;
  }
  const cargo = runs.filter((run) => /\bcargo\b/.test(run)).length;
  return cargo > 1 ? 'several RUN steps call cargo, which compares times' : undefined;
}
