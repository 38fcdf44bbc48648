import * as v from 'valibot';

/** The attachment type under which reports are found (design section 3). */
export const reportType = 'daemonless.report';

const stepSchema = v.object({
  platform: v.optional(v.string()),
  stage: v.optional(v.string()),
  index: v.number(),
  count: v.number(),
  instruction: v.string(),
  outcome: v.picklist(['cached', 'done', 'failed', 'canceled', 'not-run']),
  /** Working time. */
  ms: v.number(),
});

const troubleSchema = v.object({
  kind: v.picklist(['first-run', 'import-failed', 'export-failed']),
  cache: v.string(),
  message: v.string(),
});

/** What one build did: the only thing that the tab, trends and tests read. A change of meaning is a new version. */
export const buildReportSchema = v.object({
  schema: v.literal('daemonless.build'),
  version: v.literal(1),
  result: v.picklist(['succeeded', 'failed', 'canceled']),
  /** ISO 8601, UTC. */
  startedAt: v.string(),
  ms: v.number(),
  builder: v.object({
    name: v.string(),
    nodes: v.array(v.object({ endpoint: v.string(), buildkitVersion: v.string() })),
    buildxVersion: v.string(),
  }),
  platforms: v.array(v.object({ platform: v.string(), isEmulated: v.boolean() })),
  image: v.object({
    /** `name:tag`; the first is the one that outputs speak of. */
    references: v.array(v.string()),
    isPushed: v.boolean(),
    digest: v.optional(v.string()),
    /** By platform. */
    digests: v.record(v.string(), v.string()),
  }),
  cache: v.object({
    /** User steps. */
    cached: v.number(),
    reached: v.number(),
    from: v.array(v.string()),
    to: v.array(v.string()),
    troubles: v.array(troubleSchema),
  }),
  steps: v.array(stepSchema),
  failure: v.optional(
    v.object({
      kind: v.string(),
      what: v.string(),
      change: v.string(),
      path: v.optional(v.string()),
      line: v.optional(v.number()),
      lastLines: v.array(v.string()),
    }),
  ),
});

export type BuildReport = v.InferOutput<typeof buildReportSchema>;
export type ReportedStep = BuildReport['steps'][number];

/** Every text in a report, or in a part of it, redacted; the agent does not mask attachments. */
export function redacted<T>(value: T, redact: (text: string) => string): T {
  return mapTexts(value, redact) as T;
}

function mapTexts(value: unknown, change: (text: string) => string): unknown {
  if (typeof value === 'string') return change(value);
  if (Array.isArray(value)) return value.map((one) => mapTexts(one, change));
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).map(([key, one]) => [key, mapTexts(one, change)] as const);
  return Object.fromEntries(entries);
}
