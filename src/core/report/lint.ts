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

/** Each finding once, though every platform tells it. `pathOf`: where a file of BuildKit's lies for people. */
export function lintFindings(
  warnings: readonly LintWarning[],
  pathOf: (name: string) => string,
): readonly Lint[] {
  const findings = new Map<string, Lint>();
  for (const { short, url, sourceInfo, range } of warnings) {
    const text = short.replace(/ \(line \d+\)$/, '');
    const [, rule = '', message = text] = /^([A-Z]\w+): (.*)$/s.exec(text) ?? [];
    const line = range[0]?.start.line;
    const path = sourceInfo === null || sourceInfo === undefined ? '' : sourceInfo.filename;
    findings.set(`${text} ${line ?? ''}`, {
      ...{ rule, message, url },
      ...(path === '' ? {} : { path: pathOf(path) }),
      ...(line === undefined ? {} : { line }),
    });
  }
  return [...findings.values()];
}
