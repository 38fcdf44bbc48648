import { type Decision, decideTags } from './decide-tags.ts';
import { type Links, closureOf, linksOf } from './links.ts';
import { type Policy, protection } from './policy.ts';
import type { PlannedTag, RepositoryPlan } from './repository-plan.ts';
import type { RepositoryState } from './repository-state.ts';

type Decisions = ReadonlyMap<string, Decision>;

/** Decides over every tag, and finds what the tags that stay need. */
export function planRepository(state: RepositoryState, policy: Policy): RepositoryPlan {
  const links = linksOf(state);
  const decisions = decideOwn(state, links, policy);
  const kept = closureOf(rootsOf(state, links, decisions, policy), links.needs);
  const tags = [...state.tags].map(([tag, digest]): PlannedTag => {
    const own = decisions.get(tag);
    const follows = links.companions.get(tag) ?? '';
    const decision = own ?? followed(follows, kept, state);
    const untagOnly = decision.goes && kept.has(digest);
    return { tag, digest, ...decision, untagOnly, ...(own === undefined ? { follows } : {}) };
  });
  tags.sort((one, other) => (one.tag < other.tag ? -1 : 1));
  return { state, links, tags, kept };
}

/** Of protected tags, and of those that rules may judge: they follow no other image. */
function decideOwn(state: RepositoryState, { companions }: Links, policy: Policy): Decisions {
  const decisions = new Map<string, Decision>();
  for (const [tag, digest] of state.tags) {
    const reason = protection(tag, digest, state.name, policy);
    if (reason !== undefined) decisions.set(tag, { goes: false, reason });
  }
  const judged = [...state.tags.keys()].filter(
    (tag) => !decisions.has(tag) && !companions.has(tag),
  );
  const ruled = decideTags(judged, state, policy.rules, policy.now);
  return new Map([...decisions, ...ruled]);
}

/** What must stay whole. */
function rootsOf(
  { tags, others }: RepositoryState,
  { companions }: Links,
  decisions: Decisions,
  { protectedImages }: Policy,
): readonly string[] {
  const roots = [...protectedImages.digests.keys()];
  for (const [tag, digest] of tags) {
    // Of those in `others` the image is there and was not looked at, so nobody may judge it.
    const isStray = others.has(companions.get(tag) ?? '');
    if (isStray || decisions.get(tag)?.goes === false) roots.push(digest);
  }
  return roots;
}

function followed(
  subject: string,
  kept: ReadonlySet<string>,
  { manifests, others }: RepositoryState,
): Decision {
  if (kept.has(subject) || others.has(subject)) return { goes: false, reason: 'its image stays' };
  const reason = manifests.has(subject) ? 'its image goes' : 'its image is gone';
  return { goes: true, reason };
}
