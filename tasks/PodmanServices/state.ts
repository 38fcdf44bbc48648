import * as v from 'valibot';
import { UserError } from '../../src/core/errors.ts';

const recordSchema = v.object({
  version: v.literal(1),
  /** Label that everything of this job carries. */
  job: v.string(),
  containers: v.array(v.object({ service: v.string(), name: v.string() })),
  network: v.string(),
  volumes: v.array(v.string()),
  /** Folder with the registries' logins; removed as a whole. */
  loginFolder: v.optional(v.string()),
  /** What scripts read; written when all is up. */
  envFile: v.string(),
  logs: v.picklist(['always', 'onFailure', 'never']),
  stopTimeoutSeconds: v.number(),
});

/** What the post-job step must know. No secrets. */
export type ServicesRecord = v.InferOutput<typeof recordSchema>;

/**
 * The record as the main step wrote it.
 * @throws UserError when it is something else, or names a path outside `tempDirectory`, which we would never create.
 */
export function parseRecord(json: unknown, tempDirectory: string): ServicesRecord {
  const result = v.safeParse(recordSchema, json);
  const paths = result.success ? [result.output.envFile, result.output.loginFolder] : [];
  const areOurs = paths.every((path) => path === undefined || isBelow(tempDirectory, path));
  if (result.success && areOurs) return result.output;
  const what = 'The record of the main step is not as it was written.';
  const change = 'Look for leftovers with podman ps -a.';
  throw new UserError([{ what, change }]);
}

function isBelow(folder: string, path: string): boolean {
  return path.startsWith(`${folder}/`) && !path.split('/').includes('..');
}
