import * as v from 'valibot';
import { phases } from './phase.ts';

const outcome = v.picklist(['cached', 'done', 'failed', 'canceled', 'not-run']);

/** An instruction of the Dockerfile, FROM left out. */
export const stepSchema = v.object({
  platform: v.optional(v.string()),
  stage: v.optional(v.string()),
  index: v.number(),
  count: v.number(),
  instruction: v.string(),
  outcome,
  /** Working time. */
  ms: v.number(),
  /** Its place in `vertexes`. */
  vertex: v.optional(v.number()),
});

/** One node of the build graph, BuildKit's own work included. */
export const vertexSchema = v.object({
  name: v.string(),
  /** Of its definition, shortened: equal for equal work, but new in every run for what depends on the context. */
  digest: v.string(),
  platform: v.optional(v.string()),
  phase: v.picklist(phases),
  /** Places in `vertexes` of what it is made from. */
  inputs: v.array(v.number()),
  outcome,
  /** When it worked, in ms from the build's first sign of life. */
  intervals: v.array(v.tuple([v.number(), v.number()])),
  /** Received from the client or a registry. */
  bytes: v.optional(v.number()),
  error: v.optional(v.string()),
});

export const phaseSchema = v.object({
  phase: v.picklist(phases),
  /** From its first to its last moment, on the clock of `vertexes`. */
  from: v.number(),
  to: v.number(),
  /** When something of it was at work, in between. */
  intervals: v.array(v.tuple([v.number(), v.number()])),
  /** Time in which something of it was at work; phases overlap. */
  ms: v.number(),
  bytes: v.optional(v.number()),
});

export type ReportedStep = v.InferOutput<typeof stepSchema>;
export type ReportedVertex = v.InferOutput<typeof vertexSchema>;
export type ReportedPhase = v.InferOutput<typeof phaseSchema>;
