import { type CacheShare, cacheShare, percentCached } from '../../src/core/buildx/progress.ts';
import { taggedReference } from '../../src/core/image/tags.ts';
import type { TaskHost } from '../../src/ports/task-host.ts';
import type { BuildPlan } from './plan-build.ts';
import type { BuildOutcome } from './run-build.ts';
import type { StepPaths } from './step-paths.ts';

/** Sets what is known at once, so that later steps have it whatever happens after. */
export function setOutputs(
  { request }: BuildPlan,
  outcome: BuildOutcome,
  { metadataFile }: StepPaths,
  host: TaskHost,
): CacheShare {
  const share = cacheShare(outcome.steps);
  host.setOutput('cacheShare', String(percentCached(share)));
  host.setOutput('seconds', (outcome.ms / 1000).toFixed(1));
  host.setOutput('replica', outcome.replicas.join(','));
  if (outcome.result !== 'succeeded') return share;
  host.setOutput('metadata', metadataFile);
  const { digest } = outcome.metadata;
  const [image] = request.image.references;
  if (!request.image.isPushed || image === undefined || digest === undefined) return share;
  host.setOutput('digest', digest);
  host.setOutput('imageRef', `${image.name}@${digest}`);
  host.setOutput('imageName', image.name);
  host.setOutput('version', request.image.version ?? image.tag);
  host.setOutput('tags', request.image.references.map(taggedReference).join('\n'));
  return share;
}
