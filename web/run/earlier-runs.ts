import pLimit from 'p-limit';
import { reportType } from '../../src/core/report/build-report.ts';
import type { BuildServer } from '../server/build-server.ts';
import type { Build } from './build.ts';
import { readReport } from './read-report.ts';

/** What one run says of the same image. */
export interface EarlierRun {
  readonly id: number;
  /** What people call it. */
  readonly name: string;
  readonly result: 'succeeded' | 'failed' | 'canceled';
  readonly ms: number;
  /** User steps. */
  readonly cached: number;
  readonly reached: number;
  /** Bytes of all platforms; undefined when they are not known. */
  readonly size: number | undefined;
}

const most = 8;
const limitMs = 5_000;
const atOnce = 6;

/**
 * What earlier runs of the branch report under each name, the newest first. Best effort: what cannot be read, or not in
 * five seconds, is left out.
 */
export async function earlierRuns(
  build: Build,
  names: readonly string[],
  server: BuildServer,
): Promise<ReadonlyMap<string, readonly EarlierRun[]>> {
  const signal = AbortSignal.timeout(limitMs);
  const builds = await server.earlierBuilds(build, most, signal).catch(() => []);
  const limit = pLimit(atOnce);
  const read = (of: Build): Promise<readonly (readonly [string, EarlierRun])[]> =>
    limit(() => runsOf(of, names, server, signal)).catch(() => []);
  const found = (await Promise.all(builds.map(read))).flat();
  return new Map(
    names.map((name) => [name, found.filter(([of]) => of === name).map(([, run]) => run)]),
  );
}

async function runsOf(
  build: Build,
  names: readonly string[],
  server: BuildServer,
  signal: AbortSignal,
): Promise<readonly (readonly [string, EarlierRun])[]> {
  const places = await server.attachments(build.id, reportType, signal);
  // Of several attempts the last one lies at the end.
  const last = new Map(places.map((place) => [place.name, place]));
  const wanted = [...last.values()].filter(({ name }) => names.includes(name));
  const texts = wanted.map(
    async (place) => [place.name, await server.content(build.id, place, signal)] as const,
  );
  return (await Promise.all(texts)).flatMap(([name, text]) => {
    const run = earlierRun(build, text);
    return run === undefined ? [] : [[name, run] as const];
  });
}

function earlierRun({ id, buildNumber }: Build, text: string): EarlierRun | undefined {
  const content = readReport(text);
  if (content.kind !== 'build') return undefined;
  const { result, ms, cache, platforms } = content.report;
  const { cached, reached } = cache;
  const size = platforms.reduce((total, one) => total + (one.size ?? 0), 0);
  return {
    id,
    name: buildNumber,
    result,
    ms,
    cached,
    reached,
    size: size === 0 ? undefined : size,
  };
}
