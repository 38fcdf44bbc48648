import * as v from 'valibot';
import { contentIndexSchema } from '../context/content-index.ts';
import { breakSchema } from './cache-breaks.ts';
import { lintSchema } from './lint.ts';
import { phaseSchema, stepSchema, vertexSchema } from './report-steps.ts';
import { reportedContextSchema } from './reported-contexts.ts';

/** The attachment type under which reports are found (design section 3). */
export const reportType = 'daemonless.report';

const troubleSchema = v.object({
  kind: v.picklist(['first-run', 'import-failed', 'export-failed']),
  cache: v.string(),
  message: v.string(),
});

const platformSchema = v.object({
  platform: v.string(),
  isEmulated: v.boolean(),
  /** Time in which anything of it was at work. */
  ms: v.number(),
  /** User steps. */
  cached: v.number(),
  reached: v.number(),
  digest: v.optional(v.string()),
  /** Bytes of its layers and configuration as they are pulled. */
  size: v.optional(v.number()),
});

/** Of a bake. */
const targetSchema = v.object({
  name: v.string(),
  references: v.array(v.string()),
  digest: v.optional(v.string()),
  /** User steps. */
  cached: v.number(),
  reached: v.number(),
});

const failureSchema = v.object({
  kind: v.string(),
  what: v.string(),
  change: v.string(),
  path: v.optional(v.string()),
  line: v.optional(v.number()),
  lastLines: v.array(v.string()),
});

/** The earlier run that causes are found by; or why there is none. */
const comparisonSchema = v.variant('kind', [
  v.object({
    kind: v.literal('run'),
    /** Number of the build, as its address has it. */
    id: v.number(),
    /** What people call it. */
    name: v.string(),
    branch: v.string(),
  }),
  v.object({ kind: v.literal('none'), reason: v.string() }),
]);

/** What one build did: the only thing that the tab, trends, the next run and tests read. A change of meaning is a new version. */
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
  platforms: v.array(platformSchema),
  image: v.object({
    /** `name:tag`; the first is the one that outputs speak of. */
    references: v.array(v.string()),
    isPushed: v.boolean(),
    digest: v.optional(v.string()),
    /** By platform. */
    digests: v.record(v.string(), v.string()),
  }),
  /** Of a bake, each by its name; `image` and `platforms` then speak of the first. Absent for a build. */
  targets: v.optional(v.array(targetSchema)),
  cache: v.object({
    /** User steps. */
    cached: v.number(),
    reached: v.number(),
    from: v.array(v.string()),
    to: v.array(v.string()),
    troubles: v.array(troubleSchema),
    /** Where it broke, and why. */
    breaks: v.array(breakSchema),
    comparison: comparisonSchema,
  }),
  steps: v.array(stepSchema),
  /** Places in `steps`, the slowest first. */
  slowest: v.array(v.number()),
  /** The build graph, in the order in which it came to life. */
  vertexes: v.array(vertexSchema),
  phases: v.array(phaseSchema),
  criticalPath: v.object({
    ms: v.number(),
    /** Places in `vertexes`. */
    vertexes: v.array(v.number()),
  }),
  /** How many instructions worked at once on average; 1 is one after the other. */
  parallelFactor: v.number(),
  /** What the files of a build's own context were, for the next run; absent when they were not read. */
  context: v.optional(contentIndexSchema),
  /** The same of a bake's contexts, and of those with a name. */
  contexts: v.optional(v.array(reportedContextSchema)),
  lint: v.array(lintSchema),
  failure: v.optional(failureSchema),
});

export type BuildReport = v.InferOutput<typeof buildReportSchema>;

/** Every text in a report, or in a part of it, redacted; the agent does not mask attachments. */
export function redacted<T>(value: T, redact: (text: string) => string): T {
  return mapTexts(value, redact) as T;
}

function mapTexts(value: unknown, change: (text: string) => string): unknown {
  if (typeof value === 'string') return change(value);
  if (Array.isArray(value)) return value.map((one) => mapTexts(one, change));
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).map(
    ([key, one]) => [change(key), mapTexts(one, change)] as const,
  );
  return Object.fromEntries(entries);
}
