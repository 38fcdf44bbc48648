import { duration } from './intervals.ts';
import type { ReportedVertex } from './report-steps.ts';

/** The chain of vertices that decided how long the build graph took. */
export interface CriticalPath {
  /** Working time of the chain. */
  readonly ms: number;
  /** Places in `vertexes`, the first to work first; only what took any time. */
  readonly vertexes: readonly number[];
}

/** The longest way through the graph by working time; of two equal ones the first. */
export function criticalPath(vertexes: readonly ReportedVertex[]): CriticalPath {
  const known = new Map<number, CriticalPath>();
  const pathTo = (at: number): CriticalPath => {
    const found = known.get(at);
    if (found !== undefined) return found;
    // A graph of BuildKit's has no cycle; a broken one must not hang us.
    known.set(at, { ms: 0, vertexes: [] });
    const { intervals = [], inputs = [] } = vertexes[at] ?? {};
    const before = longest(inputs.map(pathTo));
    const own = duration(intervals);
    const path = {
      ms: before.ms + own,
      vertexes: own === 0 ? before.vertexes : [...before.vertexes, at],
    };
    known.set(at, path);
    return path;
  };
  return longest(vertexes.map((_, at) => pathTo(at)));
}

function longest(paths: readonly CriticalPath[]): CriticalPath {
  return paths.reduce((best, path) => (path.ms > best.ms ? path : best), { ms: 0, vertexes: [] });
}

/** How many instructions worked at once on average while any did: 1 is one after the other. */
export function parallelFactor(vertexes: readonly ReportedVertex[]): number {
  const build = vertexes.filter(({ phase }) => phase === 'build');
  const worked = build.reduce((total, { intervals }) => total + duration(intervals), 0);
  const passed = duration(build.flatMap(({ intervals }) => intervals));
  return passed === 0 ? 1 : Math.round((worked / passed) * 100) / 100;
}
