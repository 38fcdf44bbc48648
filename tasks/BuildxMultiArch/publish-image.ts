import { type CacheShare, cacheShare, percentCached } from '../../src/core/buildx/progress.ts';
import { taggedReference } from '../../src/core/image/tags.ts';
import type { TaskHost } from '../../src/ports/task-host.ts';
import type { BuildPlan } from './planned-parts.ts';
import type { BuildOutcome } from './run-build.ts';
import type { StepPaths } from './step-paths.ts';

/** Sets what is known at once, so that later steps have it whatever happens after. */
export function setOutputs(
  { request, images }: BuildPlan,
  outcome: BuildOutcome,
  { metadataFile }: StepPaths,
  host: TaskHost,
): CacheShare {
  const share = cacheShare(outcome.steps);
  if (share.reached > 0 || outcome.result === 'succeeded') {
    host.setOutput('cacheShare', String(percentCached(share)));
  }
  host.setOutput('seconds', (outcome.ms / 1000).toFixed(1));
  host.setOutput('replica', outcome.replicas.join(','));
  if (outcome.result !== 'succeeded') return share;
  host.setOutput('metadata', metadataFile);
  setTargetOutputs(outcome, host);
  const { digest } = outcome.metadata;
  const [image] = images[0]?.references ?? [];
  if (!request.image.isPushed || image === undefined || digest === undefined) return share;
  host.setOutput('digest', digest);
  host.setOutput('imageRef', `${image.name}@${digest}`);
  host.setOutput('imageName', image.name);
  host.setOutput('version', request.image.version ?? image.tag);
  host.setOutput('tags', request.image.references.map(taggedReference).join('\n'));
  return share;
}

/** Of a bake: what each target has made, by its name. */
function setTargetOutputs({ images }: BuildOutcome, host: TaskHost): void {
  const named = images.flatMap(({ target, digest, isPushed, references: [first] }) =>
    target === undefined || digest === undefined ? [] : [{ target, digest, isPushed, first }],
  );
  if (named.length === 0) return;
  const digests = named.map(({ target, digest }) => [target, digest] as const);
  const refs = named.flatMap(({ target, digest, isPushed, first }) =>
    isPushed && first !== undefined ? [[target, `${first.name}@${digest}`] as const] : [],
  );
  host.setOutput('targetDigests', JSON.stringify(Object.fromEntries(digests)));
  host.setOutput('imageRefs', JSON.stringify(Object.fromEntries(refs)));
}
