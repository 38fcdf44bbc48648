import { percentCached } from '../../src/core/buildx/progress.ts';
import { baseImageOf } from '../../src/core/report/base-image.ts';
import type { BuildReport } from '../../src/core/report/build-report.ts';
import { slowestSteps } from '../../src/core/report/slowest-steps.ts';
import { stepRows } from '../../src/core/report/step-rows.ts';
import { timeText } from '../../src/core/report/summary-head.ts';
import { formatBytes, formatSeconds } from '../../src/core/text/measures.ts';
import { buildFailure } from './build-failure.ts';
import { buildImages } from './build-images.ts';
import { buildTimeline } from './build-timeline.ts';
import { cachePart } from './cache-part.ts';
import { digest } from './digest.ts';
import { type Child, code, element, link } from './element.ts';
import { type Fact, facts, folded, list, part } from './part.ts';
import { resultStatus } from './status.ts';
import { table } from './table.ts';

/** The report of one BuildxMultiArch step. */
export function buildView(report: BuildReport, runAddress: (id: number) => string): Child[] {
  return [
    buildFailure(report),
    facts(factsOf(report)),
    ...buildImages(report),
    cachePart(report, runAddress),
    buildTimeline(report),
    slowestPart(report),
    baseImages(report),
    lintPart(report),
    allSteps(report),
  ];
}

function factsOf(report: BuildReport): readonly Fact[] {
  const { result, ms, cache, builder, platforms } = report;
  // Of several targets only the first one's is known.
  const isOneImage = (report.targets ?? []).length < 2;
  const size = isOneImage ? platforms.reduce((total, one) => total + (one.size ?? 0), 0) : 0;
  const nodes = builder.nodes.flatMap(({ endpoint, buildkitVersion }) => [
    element('div', {}, code(endpoint), ` BuildKit ${buildkitVersion}`),
  ]);
  return [
    ['Result', resultStatus(result)],
    ['Time', formatSeconds(ms)],
    ['From the cache', cache.reached === 0 ? '' : shareText(cache)],
    ['Size', size === 0 ? '' : formatBytes(size)],
    ['Built by', ...nodes],
    ['Where the time went', timeText(report)],
  ];
}

function shareText(cache: BuildReport['cache']): string {
  return `${percentCached(cache)} % (${cache.cached} of ${cache.reached} steps)`;
}

function slowestPart(report: BuildReport): HTMLElement | undefined {
  const items = slowestSteps(report).map(({ ms, where, instruction }) =>
    element('span', {}, element('b', {}, formatSeconds(ms)), ` ${where} `, code(instruction)),
  );
  return part('Slowest steps', list(items, 'ol'));
}

function baseImages({ vertexes }: BuildReport): HTMLElement | undefined {
  const found = new Map(
    vertexes.flatMap((vertex) => {
      const base = baseImageOf(vertex);
      if (base === undefined) return [];
      return [[`${base.image}@${base.digest ?? ''}`, base] as const];
    }),
  );
  if (found.size === 0) return undefined;
  const rows = [...found.values()].map((base) => [
    code(base.image),
    base.digest === undefined ? 'not resolved' : digest(base.digest, base.image),
  ]);
  return part(
    'Base images',
    table({ caption: 'Base images', headings: ['Image', 'Digest'], rows }),
  );
}

function lintPart({ lint }: BuildReport): HTMLElement | undefined {
  if (lint.length === 0) return undefined;
  const rows = lint.map(({ rule, message, url, path, line }) => [
    link(url, rule === '' ? 'Warning' : rule),
    message,
    path === undefined ? '' : code(`${path}:${line ?? 1}`),
  ]);
  const headings = ['Rule', 'Finding', 'Place'];
  return part(
    'Checks of the Dockerfile',
    table({ caption: 'Checks of the Dockerfile', headings, rows }),
  );
}

function allSteps({ steps }: BuildReport): HTMLElement | undefined {
  const [headings = [], ...body] = stepRows(steps);
  if (body.length === 0) return undefined;
  const rows = body.map(([place = '', instruction = '', ...times]) => [
    place,
    code(instruction),
    ...times,
  ]);
  const caption = body.length === 1 ? 'The only step' : `All ${body.length} steps`;
  const numbers = headings.flatMap((_, at) => (at > 1 ? [at] : []));
  return folded(caption, table({ caption, headings, rows, numbers }));
}
