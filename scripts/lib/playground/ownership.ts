import { chmod, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as v from 'valibot';
import { UserError } from '../../../src/core/errors.ts';
import { startTimeOf } from './process-table.ts';

const ownerSchema = v.object({ pid: v.number(), startTime: v.string() });

/**
 * Makes this process the owner of a state folder, which is made with mode 0700. An owner that is dead
 * (its process id gone, or given to a process that started at another time) is replaced.
 * @returns what gives the folder free again
 * @throws UserError while another process, or this one, runs a playground there.
 */
export async function takeOwnership(stateDir: string): Promise<() => Promise<void>> {
  await mkdir(stateDir, { recursive: true, mode: 0o700 });
  await chmod(stateDir, 0o700);
  const path = join(stateDir, 'owner.json');
  const me = JSON.stringify({ pid: process.pid, startTime: startTimeOf(process.pid) });
  await refuseLivingOwner(path);
  await rm(path, { force: true });
  // The flag makes one of two that come at the same time fail.
  await writeFile(path, me, { flag: 'wx', mode: 0o600 });
  return () => rm(path, { force: true });
}

async function refuseLivingOwner(path: string): Promise<void> {
  const owner = await readOwner(path);
  if (owner === undefined || startTimeOf(owner.pid) !== owner.startTime) return;
  const what = `The playground in ${path} belongs to process ${owner.pid}, which still runs.`;
  throw new UserError([{ what, change: 'Wait for it, end it, or use another state folder.' }]);
}

async function readOwner(path: string): Promise<v.InferOutput<typeof ownerSchema> | undefined> {
  try {
    return v.parse(ownerSchema, JSON.parse(await readFile(path, 'utf8')));
  } catch {
    // No file, or one that was cut off when its writer was killed: nobody owns it.
    return undefined;
  }
}
