import { block, escaped, markdownTable } from '../text/markdown.ts';
import { formatSeconds, shorten } from '../text/measures.ts';
import type { BuildReport } from './build-report.ts';
import { cacheSection } from './cache-section.ts';
import { platformRows, targetRows } from './result-rows.ts';
import { slowestSteps } from './slowest-steps.ts';
import { stepRows } from './step-rows.ts';
import { factRows, headline } from './summary-head.ts';
import { timeline } from './timeline.ts';

const shownText = 80;

/** The report as Markdown for the Extensions tab. */
export function buildSummary(report: BuildReport): string {
  const parts = [
    [headline(report)],
    failureLines(report),
    markdownTable(factRows(report)),
    report.platforms.length === 0 ? [] : markdownTable(platformRows(report)),
    report.targets === undefined ? [] : markdownTable(targetRows(report.targets)),
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

function failureLines({ failure }: BuildReport): readonly string[] {
  if (failure === undefined) return [];
  const place = failure.path === undefined ? '' : ` (${failure.path}:${failure.line ?? 1})`;
  const what = `${escaped(failure.what)}${escaped(place)}`;
  if (failure.lastLines.length === 0) return [`${what} ${escaped(failure.change)}`];
  return [`${what} Its last lines:`, '', ...block(failure.lastLines)];
}

function timelineSection(report: BuildReport): readonly string[] {
  const lines = timeline(report);
  return lines.length === 0 ? [] : ['**Timeline** (█ on the longest chain)', '', ...block(lines)];
}

function slowestLines(report: BuildReport): readonly string[] {
  const items = slowestSteps(report).map(
    ({ ms, where, instruction }) =>
      `1. ${formatSeconds(ms)}: ${escaped(where)} ${escaped(shorten(instruction, shownText))}`,
  );
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
