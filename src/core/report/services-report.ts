import * as v from 'valibot';

const image = v.object({
  image: v.string(),
  from: v.number(),
  /** Absent: it was still being pulled when the step ended. */
  to: v.optional(v.number()),
  outcome: v.picklist(['here', 'pulled', 'failed', 'unfinished']),
});

const service = v.object({
  /** From its second container on `web-2`. */
  service: v.string(),
  image: v.string(),
  state: v.picklist(['healthy', 'running', 'completed', 'exited', 'not ready', 'not started']),
  /** When `podman run` was called. */
  from: v.optional(v.number()),
  /** When its container was created and ran. */
  started: v.optional(v.number()),
  /** When it was healthy, or had completed where others waited for that. */
  ready: v.optional(v.number()),
  /** Looks until it was ready. */
  checks: v.optional(v.number()),
  restarts: v.number(),
  /** Of a container that has ended. */
  exitCode: v.optional(v.number()),
  oomKilled: v.boolean(),
  /** `host:port` of its first port. */
  address: v.optional(v.string()),
});

/** What one step of PodmanServices did; times are milliseconds since its start. A change of meaning is a new version. */
export const servicesReportSchema = v.object({
  schema: v.literal('daemonless.services'),
  version: v.literal(1),
  result: v.picklist(['succeeded', 'failed', 'canceled']),
  /** ISO 8601, UTC. */
  startedAt: v.string(),
  ms: v.number(),
  images: v.array(image),
  /** In an order in which they can start. */
  services: v.array(service),
  /** What the step failed with. */
  failure: v.optional(v.array(v.string())),
});

export type ServicesReport = v.InferOutput<typeof servicesReportSchema>;
export type ReportedService = ServicesReport['services'][number];
export type ReportedImage = ServicesReport['images'][number];
