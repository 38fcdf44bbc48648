import { join } from 'node:path/posix';
import { jobIdentity, jobSlug } from '../../src/core/job/identity.ts';
import type { TaskHost } from '../../src/ports/task-host.ts';

/** Where this step keeps its files, apart from other steps of the job. */
export interface StepPaths {
  /** Differs between the steps of all jobs. */
  readonly id: string;
  /** Logins and secrets; removed at the end of the step, by the post-job step at the latest. */
  readonly privateFolder: string;
  readonly loginFolder: string;
  readonly secretsFolder: string;
  readonly secretPrefix: string;
  /** For the copy of the context. */
  readonly contextFolder: string;
  /** A Dockerfile that was written into the pipeline. */
  readonly inlineDockerfile: string;
  /** An image on its way to Podman. */
  readonly imageFile: string;
  /** Stays until the end of the job, as an output. */
  readonly metadataFile: string;
  readonly reportFile: string;
  readonly summaryFile: string;
  /** For BuildKit's own records of the builds. */
  readonly recordFolder: string;
}

export function stepPaths(host: Pick<TaskHost, 'variable' | 'tempDirectory'>): StepPaths {
  const variable = (name: string): string | undefined => host.variable(name);
  const identity = jobIdentity(variable);
  const step = `${identity.job}/${variable('System.TaskInstanceId') ?? ''}`;
  const slug = jobSlug({ ...identity, job: step });
  const folder = join(host.tempDirectory, 'daemonless', `build-${slug}`);
  const privateFolder = join(folder, 'private');
  return {
    id: `build-${slug}`,
    privateFolder,
    loginFolder: join(privateFolder, 'docker'),
    secretsFolder: join(privateFolder, 'secrets'),
    contextFolder: join(privateFolder, 'context'),
    inlineDockerfile: join(privateFolder, 'Dockerfile'),
    imageFile: join(privateFolder, 'image.tar'),
    secretPrefix: `DAEMONLESS_${slug.slice(-12).toUpperCase()}_`,
    metadataFile: join(folder, 'metadata.json'),
    reportFile: join(folder, 'report.json'),
    recordFolder: join(folder, 'records'),
    summaryFile: join(folder, `Image build ${slug}.md`),
  };
}
