import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { JobContext } from './job-context.ts';
import { killOrphans } from './orphans.ts';

/** The end of a job, after its post steps: orphans die and the temporary folder goes (AW/JobExtension.cs). */
export async function finalizeJob(job: JobContext, lookupId: string): Promise<void> {
  const { log, directories, variables } = job;
  log.section('Starting: Finalize Job');
  await rm(join(directories.temp, '.taskkey'), { force: true });
  if (variables.getBoolean('process.clean') ?? true) {
    log.write('Cleaning up orphan processes');
    for (const { pid, name } of await killOrphans(lookupId)) {
      log.write(`Terminate orphan process: pid (${pid}) (${name})`);
    }
  }
  await rm(directories.temp, { recursive: true, force: true });
  log.section('Finishing: Finalize Job');
}
