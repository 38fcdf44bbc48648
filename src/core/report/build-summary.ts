import { percentCached } from '../buildx/progress.ts';
import { stepPlace } from '../buildx/step-name.ts';
import { block, code, escaped, markdownTable } from '../text/markdown.ts';
import { formatBytes, formatSeconds, shorten } from '../text/measures.ts';
import type { BuildReport } from './build-report.ts';
import { cacheSection } from './cache-section.ts';
import { stepRows, withoutOptions } from './step-rows.ts';
import { timeline } from './timeline.ts';

const shownText = 80;
/** Less is 0.0 s. */
const shownMs = 50;

/** The report as Markdown for the Extensions tab. */
export function buildSummary(report: BuildReport): string {
  const parts = [
    [headline(report)],
    failureLines(report),
    markdownTable(factRows(report)),
    report.platforms.length === 0 ? [] : markdownTable(platformRows(report)),
    targetLines(report),
    cacheSection(report),
    timelineSection(report),
    slowestLines(report),
    lintLines(report),
    report.steps.length === 0 ? [] : ['**Steps**', '', ...markdownTable(stepRows(report.steps))],
  ];
  return `${parts
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n')}\n`;
}

function headline({ result, image, ms }: BuildReport): string {
  const name = image.references[0] ?? 'A build without an image';
  const verb = {
    succeeded: image.isPushed ? 'pushed' : 'built',
    failed: 'failed',
    canceled: 'canceled',
  };
  return `**${code(name)}** ${verb[result]} in ${formatSeconds(ms)}`;
}

function failureLines({ failure }: BuildReport): readonly string[] {
  if (failure === undefined) return [];
  const place = failure.path === undefined ? '' : ` (${failure.path}:${failure.line ?? 1})`;
  const what = `${escaped(failure.what)}${escaped(place)}`;
  if (failure.lastLines.length === 0) return [`${what} ${escaped(failure.change)}`];
  return [`${what} Its last lines:`, '', ...block(failure.lastLines)];
}

function factRows(report: BuildReport): readonly (readonly string[])[] {
  const { image, cache, builder } = report;
  const share = `${cache.cached} of ${cache.reached} steps (${percentCached(cache)} %)`;
  const nodes = builder.nodes.map(
    ({ endpoint, buildkitVersion }) => `${endpoint}, BuildKit ${buildkitVersion}`,
  );
  return [
    ['', ''],
    ...(image.digest === undefined ? [] : [['Digest', code(image.digest)]]),
    ...pullRow(image),
    ...image.references.slice(1).map((reference) => ['Also', code(reference)]),
    ...(cache.reached === 0 && report.result !== 'succeeded' ? [] : [['Cached', share]]),
    ...cache.to.map((ref) => ['Cache', code(ref)]),
    ['Time', timeText(report)],
    ['Builder', nodes.join('; ')],
  ];
}

function pullRow({ isPushed, digest, references }: BuildReport['image']): string[][] {
  const name = references[0]?.replace(/:[^:/]+$/, '');
  if (!isPushed || digest === undefined || name === undefined) return [];
  return [['Pull', code(`podman pull ${name}@${digest}`)]];
}

/** e.g. `context 0.1 s (26 B), base images 0.5 s, steps 1.2 s (1.8 at once)`. */
function timeText({ phases, parallelFactor, criticalPath }: BuildReport): string {
  const names: Readonly<Record<string, string>> = {
    pull: 'base images',
    build: 'steps',
    cacheImport: 'cache import',
    cacheExport: 'cache export',
  };
  const told = phases
    .filter(({ phase }) => phase !== 'other')
    .map(({ phase, ms, bytes }) => {
      const size = bytes === undefined ? '' : ` (${formatBytes(bytes)})`;
      const factor = phase === 'build' ? ` (${parallelFactor} at once)` : '';
      return `${names[phase] ?? phase} ${formatSeconds(ms)}${size}${factor}`;
    });
  return [...told, `longest chain ${formatSeconds(criticalPath.ms)}`].join(', ');
}

function platformRows({ platforms }: BuildReport): readonly (readonly string[])[] {
  const body = platforms.map(({ platform, isEmulated, ms, cached, reached, digest, size }) => [
    platform,
    isEmulated ? 'emulated' : 'native',
    formatSeconds(ms),
    `${cached} of ${reached}`,
    size === undefined ? '' : formatBytes(size),
    digest === undefined ? '' : code(digest),
  ]);
  return [['Platform', 'Runs', 'Time', 'Cached', 'Size', 'Digest'], ...body];
}

function targetLines({ targets = [] }: BuildReport): readonly string[] {
  if (targets.length === 0) return [];
  const body = targets.map(({ name, references, digest, cached, reached }) => [
    code(name),
    references.map(code).join(' '),
    `${cached} of ${reached}`,
    digest === undefined ? '' : code(digest),
  ]);
  return markdownTable([['Target', 'Image', 'Cached', 'Digest'], ...body]);
}

function timelineSection(report: BuildReport): readonly string[] {
  const lines = timeline(report);
  return lines.length === 0 ? [] : ['**Timeline** (█ on the longest chain)', '', ...block(lines)];
}

function slowestLines({ slowest, steps }: BuildReport): readonly string[] {
  const items = slowest.flatMap((at) => {
    const step = steps[at];
    if (step === undefined || step.ms < shownMs) return [];
    const place = stepPlace({ ...step, platform: undefined, stage: step.stage });
    const where = [step.platform, place].filter(Boolean).join(', ');
    const what = shorten(withoutOptions(step.instruction), shownText);
    return [`1. ${formatSeconds(step.ms)}: ${escaped(where)} ${escaped(what)}`];
  });
  return items.length === 0 ? [] : ['**Slowest steps**', '', ...items];
}

function lintLines({ lint }: BuildReport): readonly string[] {
  if (lint.length === 0) return [];
  const items = lint.map(({ rule, message, url, path, line }) => {
    const place = path === undefined ? '' : ` (${path}:${line ?? 1})`;
    const name = url === '' ? escaped(rule) : `[${escaped(rule)}](${url.replace(/[()\s]/g, '')})`;
    return `- ${name} ${escaped(`${message}${place}`)}`;
  });
  return ['**Checks of the Dockerfile**', '', ...items];
}
