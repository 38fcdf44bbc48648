import type { BuildSources } from '../../src/core/buildx/build-sources.ts';
import { holdsFolder } from '../../src/core/buildx/context-place.ts';
import type { TaskHost } from '../../src/ports/task-host.ts';

/** What is allowed and seldom meant. */
export function warnOfSources({ context, isRemote }: BuildSources, host: TaskHost): void {
  if (isRemote) {
    host.warning(
      `context: the daemon fetches ${context} itself: what this job checked out, or made in earlier steps, is not in it.`,
    );
    return;
  }
  const job = host.variable('Pipeline.Workspace') ?? host.variable('Agent.BuildDirectory');
  if (job === undefined || holdsFolder(job, context)) return;
  host.warning(
    `context: ${context} lies outside this job's folder, ${job}: other jobs of the agent may change it meanwhile.`,
  );
}
