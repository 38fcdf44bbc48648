import * as v from 'valibot';
import type { LintWarning } from '../buildx/rawjson.ts';

/** What one of BuildKit's checks found in the Dockerfile (docs.docker.com/reference/build-checks). */
export const lintSchema = v.object({
  /** e.g. JSONArgsRecommended; '' for what is no rule. */
  rule: v.string(),
  message: v.string(),
  url: v.string(),
  path: v.optional(v.string()),
  line: v.optional(v.number()),
});

export type Lint = v.InferOutput<typeof lintSchema>;

/**
 * Each finding once, though every platform tells it.
 * @param pathOf where a file of BuildKit's, which a vertex has read, lies for people; undefined: nowhere
 */
export function lintFindings(
  warnings: readonly LintWarning[],
  pathOf: (name: string, vertex: string) => string | undefined,
): readonly Lint[] {
  const findings = new Map<string, Lint>();
  for (const warning of warnings) {
    const finding = findingOf(warning, pathOf);
    const { path = '', line = '' } = finding;
    findings.set(`${path} ${warning.short} ${line}`, finding);
  }
  return [...findings.values()];
}

function findingOf(
  { short, url, sourceInfo, range, vertex }: LintWarning,
  pathOf: (name: string, vertex: string) => string | undefined,
): Lint {
  const text = short.replace(/ \(line \d+\)$/, '');
  const [, rule = '', message = text] = /^([A-Z]\w+): (.*)$/s.exec(text) ?? [];
  const line = range[0]?.start.line;
  const name = sourceInfo?.filename ?? '';
  const path = name === '' ? undefined : pathOf(name, vertex);
  return {
    ...{ rule, message, url },
    ...(path === undefined ? {} : { path }),
    ...(line === undefined ? {} : { line }),
  };
}
