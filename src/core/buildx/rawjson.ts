import * as v from 'valibot';

const time = v.pipe(
  v.string(),
  v.transform((text) => Date.parse(text)),
  v.number(),
);
const bytes = v.pipe(
  v.string(),
  v.transform((base64): Uint8Array<ArrayBuffer> => Buffer.from(base64, 'base64')),
);
const text = v.pipe(
  v.string(),
  v.transform((base64) => Buffer.from(base64, 'base64').toString('utf8')),
);
const position = v.object({ start: v.object({ line: v.number() }) });

const vertexSchema = v.object({
  digest: v.string(),
  name: v.optional(v.string(), ''),
  inputs: v.nullish(v.array(v.string()), []),
  started: v.optional(time),
  completed: v.optional(time),
  cached: v.optional(v.boolean(), false),
  error: v.optional(v.string(), ''),
});

const statusSchema = v.object({
  id: v.string(),
  vertex: v.string(),
  current: v.optional(v.number(), 0),
  total: v.optional(v.number(), 0),
  started: v.optional(time),
  completed: v.optional(time),
});

const logSchema = v.object({
  vertex: v.string(),
  stream: v.optional(v.number(), 1),
  data: bytes,
  timestamp: time,
});

const warningSchema = v.object({
  /** Of the vertex that read the Dockerfile. */
  vertex: v.optional(v.string(), ''),
  short: text,
  url: v.optional(v.string(), ''),
  sourceInfo: v.nullish(v.object({ filename: v.optional(v.string(), '') })),
  range: v.nullish(v.array(position), []),
});

const eventSchema = v.object({
  vertexes: v.nullish(v.array(vertexSchema), []),
  statuses: v.nullish(v.array(statusSchema), []),
  logs: v.nullish(v.array(logSchema), []),
  warnings: v.nullish(v.array(warningSchema), []),
});

const eventText = v.pipe(v.string(), v.parseJson(), eventSchema);

/** One step of the build graph as told at one moment; a later one with its digest replaces it. Times in epoch ms. */
export type VertexUpdate = v.InferOutput<typeof vertexSchema>;
/** A part of a vertex' work, e.g. `pushing layers`; `current` and `total` in bytes, 0 when unknown. */
export type StatusUpdate = v.InferOutput<typeof statusSchema>;
export type LogChunk = v.InferOutput<typeof logSchema>;
/** What the Dockerfile's checks found (docs.docker.com/reference/build-checks). */
export type LintWarning = v.InferOutput<typeof warningSchema>;
export type ProgressEvent = v.InferOutput<typeof eventSchema>;

/**
 * One line of `--progress=rawjson` (moby/buildkit, client/graph.go, SolveStatus). Undefined when it is
 * plain text: buildx mixes in warnings, and at the end the error with a part of the Dockerfile.
 */
export function parseProgressLine(line: string): ProgressEvent | undefined {
  if (!line.startsWith('{')) return undefined;
  const result = v.safeParse(eventText, line);
  return result.success ? result.output : undefined;
}
