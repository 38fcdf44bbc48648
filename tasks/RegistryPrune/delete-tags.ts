import type { DeletionProgress } from '../../src/core/prune/deletion-progress.ts';
import type { Turn } from '../../src/core/prune/reported-repository.ts';
import type { PlannedTag } from '../../src/core/prune/repository-plan.ts';
import { isGone, isUnsupported, saidAgainst } from './delete-answer.ts';
import type { PruneRun } from './prune-run.ts';
import { RefusedError } from './refused-error.ts';
import type { RegistryClient } from './registry-client.ts';
import { shortDigest } from './short-digest.ts';

/** Whether a registry removes tags alone; not known before the first one. */
type Untagging = 'unknown' | 'unsupported';

type Result = 'gone' | 'with its image' | Turn;

/** Removes tags one by one, each only when it still leads where it did when it was judged. */
export async function deleteTags(progress: DeletionProgress, run: PruneRun): Promise<void> {
  const { name } = progress.plan.state;
  const { host, cancellation } = run.ports;
  const client = run.access.deleting(name);
  let untagging: Untagging = 'unknown';
  for (const planned of progress.going) {
    if (cancellation.aborted) return;
    const { tag, digest } = planned;
    const result = await removeTag(planned, name, client, untagging, run.untagOnly);
    if (result === 'with its image') {
      untagging = 'unsupported';
      progress.withImage.set(tag, digest);
      continue;
    }
    if (result === 'gone') progress.gone.add(tag);
    else progress.turns.set(tag, result);
    const shown = result === 'gone' ? 'removed' : `${result.outcome}: ${result.reason}`;
    host.info(`${name}:${tag} (${shortDigest(digest)}) ${shown}`);
    if (result !== 'gone' && result.outcome === 'failed') {
      progress.failures.push(`${name}:${tag} could not be removed: ${result.reason}.`);
    }
  }
}

async function removeTag(
  { tag, digest, untagOnly }: PlannedTag,
  name: string,
  client: RegistryClient,
  untagging: Untagging,
  isManifestLeft: boolean,
): Promise<Result> {
  const now = await client.digestOf(name, tag);
  if (now === undefined) return 'gone';
  if (now !== digest) return { outcome: 'skipped', reason: 'it leads to another image by now' };
  const unsupported: Result =
    untagOnly || isManifestLeft
      ? { outcome: 'skipped', reason: 'this registry removes no tag alone' }
      : 'with its image';
  if (untagging === 'unsupported') return unsupported;
  const answer = await client.delete(name, tag);
  if (answer.kind !== 'answered') throw new RefusedError(`delete the tag ${tag}`, answer);
  if (isUnsupported(answer)) return unsupported;
  if (!isGone(answer)) return { outcome: 'failed', reason: saidAgainst(answer, client) };
  if (untagOnly) await checkLeft(tag, digest, name, client);
  return 'gone';
}

/** Some registry might delete the image with one of its tags: then no other tag must be tried. */
async function checkLeft(
  tag: string,
  digest: string,
  name: string,
  client: RegistryClient,
): Promise<void> {
  if ((await client.digestOf(name, digest)) !== undefined) return;
  const said = `it deleted the image ${digest} with its tag ${tag}, although other tags have it`;
  throw new RefusedError('remove a tag alone', { kind: 'odd', status: 202, said });
}
