import * as v from 'valibot';
import { UserError } from '../../src/core/errors.ts';

const programSchema = v.object({
  file: v.string(),
  globalArgs: v.array(v.string()),
  env: v.record(v.string(), v.string()),
});

const recordSchema = v.object({
  version: v.literal(3),
  /** Label that everything of this job carries. */
  job: v.string(),
  /** Label of this run of the step, and the beginning of all its names. */
  project: v.string(),
  /** How Podman was called: what was made with one storage is not found in another. */
  podman: programSchema,
  containers: v.array(
    v.object({ service: v.string(), name: v.string(), id: v.optional(v.string()) }),
  ),
  /** Services that ran when all were ready: should they end before the job does, they died. */
  running: v.array(v.string()),
  /** None while nothing is planned yet, and on the agent's own network. */
  networks: v.array(v.string()),
  volumes: v.array(v.string()),
  hasSecrets: v.boolean(),
  /** The main step came to its end: nothing exists that is not named here. */
  isComplete: v.optional(v.literal(true)),
  /** Folder of this step alone: logins, what scripts read, Podman's private configuration. Removed last. */
  folder: v.string(),
  logs: v.picklist(['always', 'onFailure', 'never']),
  /** Where the log files go; absent: only to the run. */
  logFolder: v.optional(v.string()),
  keepOnFailure: v.boolean(),
  stopTimeoutSeconds: v.number(),
});

/** What the post-job step must know. No secrets. */
export type ServicesRecord = v.InferOutput<typeof recordSchema>;

/**
 * The record as the main step wrote it.
 * @throws UserError when it is something else, or names a folder outside `tempDirectory`, which we would never create.
 */
export function parseRecord(json: unknown, tempDirectory: string): ServicesRecord {
  const result = v.safeParse(recordSchema, json);
  if (result.success && isBelow(tempDirectory, result.output.folder)) return result.output;
  const what = 'The record of the main step is not as it was written.';
  const change = 'Look for leftovers with podman ps -a.';
  throw new UserError([{ what, change }]);
}

function isBelow(folder: string, path: string): boolean {
  return path.startsWith(`${folder}/`) && !path.split('/').includes('..');
}
