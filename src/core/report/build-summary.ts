import { percentCached } from '../buildx/progress.ts';
import { formatSeconds } from '../text/measures.ts';
import type { BuildReport } from './build-report.ts';
import { stepRows } from './step-rows.ts';

/** The report as Markdown for the Extensions tab. */
export function buildSummary(report: BuildReport): string {
  const parts = [
    [headline(report)],
    failureLines(report),
    markdownTable(factRows(report)),
    troubleLines(report),
    report.steps.length === 0 ? [] : markdownTable(stepRows(report.steps)),
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
  const log = failure.lastLines.length === 0 ? [] : ['', '````', ...failure.lastLines, '````'];
  return [`${escaped(failure.what)}${escaped(place)} ${escaped(failure.change)}`, ...log];
}

function factRows(report: BuildReport): readonly (readonly string[])[] {
  const { image, cache, builder, platforms } = report;
  const share = `${cache.cached} of ${cache.reached} steps (${percentCached(cache)} %)`;
  const nodes = builder.nodes.map(
    ({ endpoint, buildkitVersion }) => `${endpoint}, BuildKit ${buildkitVersion}`,
  );
  return [
    ['', ''],
    ...(image.digest === undefined ? [] : [['Digest', code(image.digest)]]),
    ...image.references.slice(1).map((reference) => ['Also', code(reference)]),
    ...platforms.map(({ platform, isEmulated }) => [
      platform,
      [isEmulated ? 'emulated' : 'native', image.digests[platform]].filter(Boolean).join(', '),
    ]),
    ['Cached', share],
    ...cache.to.map((ref) => ['Cache', code(ref)]),
    ['Builder', nodes.join('; ')],
  ];
}

function troubleLines({ cache }: BuildReport): readonly string[] {
  return cache.troubles
    .filter(({ kind }) => kind !== 'first-run')
    .map(
      ({ kind, message }) =>
        `- Cache ${kind === 'export-failed' ? 'not written' : 'not read'}: ${escaped(message)}`,
    );
}

function markdownTable(rows: readonly (readonly string[])[]): readonly string[] {
  const [heading = [], ...body] = rows;
  const line = (cells: readonly string[]): string => `| ${cells.map(cell).join(' | ')} |`;
  return [line(heading), `|${' --- |'.repeat(heading.length)}`, ...body.map(line)];
}

function cell(text: string): string {
  return text.startsWith('`') ? text : escaped(text);
}

/** Names of the user's may hold what Markdown or HTML would take for its own. */
function escaped(text: string): string {
  return text.replace(/[\\|*_`<>[\]]/g, (sign) => `\\${sign}`).replace(/\s+/g, ' ');
}

function code(text: string): string {
  return `\`${text.replace(/[`|]/g, '')}\``;
}
