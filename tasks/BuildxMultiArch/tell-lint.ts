import type { Problem, SourcePlace } from '../../src/core/errors.ts';
import type { Lint } from '../../src/core/report/lint.ts';
import type { ReportRequest } from '../../src/core/report/report-request.ts';
import type { TaskHost } from '../../src/ports/task-host.ts';

/** A warning for each finding, unless they are the build's failure or not wanted. */
export function warnOfLint(
  findings: readonly Lint[],
  { lint }: ReportRequest,
  host: TaskHost,
): void {
  if (lint !== 'warn') return;
  findings.forEach((finding) => {
    host.warning(lintText(finding), placeOf(finding));
  });
}

/** The findings as what failed the build; none when they did not. */
export function lintProblems(
  findings: readonly Lint[],
  { lint }: ReportRequest,
): readonly Problem[] {
  if (lint !== 'error') return [];
  return findings.map((finding) => {
    const place = placeOf(finding);
    return {
      what: `${ruleText(finding)}.`,
      change: `Mend the line, or leave the rule out with "# check=skip=..." in the Dockerfile: ${finding.url}`,
      ...(place === undefined ? {} : { place }),
    };
  });
}

function lintText(finding: Lint): string {
  return [ruleText(finding), finding.url].filter(Boolean).join(' ');
}

/** The agent puts the rule in front where there is a place. */
function ruleText(finding: Lint): string {
  const { rule, message } = finding;
  return rule === '' || placeOf(finding) !== undefined ? message : `${rule}: ${message}`;
}

function placeOf({ rule, path, line }: Lint): SourcePlace | undefined {
  if (path === undefined || line === undefined) return undefined;
  return { path, line, ...(rule === '' ? {} : { code: rule }) };
}
