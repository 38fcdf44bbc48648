import { formatAge } from './age-text.ts';
import type { Candidate } from './candidate.ts';
import { isCache } from './manifest.ts';
import { rankImages } from './rank-images.ts';
import type { RepositoryState } from './repository-state.ts';
import type { Rule } from './rule.ts';

/** What shall happen to a tag, and why, in words of the user's rules. */
export interface Decision {
  readonly goes: boolean;
  readonly reason: string;
  /** Number of the rule that decided. */
  readonly rule?: number;
}

/**
 * The first rule that matches decides, each on its own tags of this repository. What no rule matches stays, and so does
 * whatever has no age that a rule asks for.
 * @param tags all but those that follow another image
 */
export function decideTags(
  tags: readonly string[],
  state: RepositoryState,
  rules: readonly Rule[],
  now: number,
): ReadonlyMap<string, Decision> {
  const candidates = tags.map((tag) => candidateOf(tag, state));
  const groups = new Map<Rule | undefined, Candidate[]>();
  candidates.forEach((one) => {
    const rule = ruleOf(one, state.name, rules);
    groups.set(rule, [...(groups.get(rule) ?? []), one]);
  });
  return new Map([...groups].flatMap(([rule, members]) => decideGroup(rule, members, now)));
}

function candidateOf(tag: string, { tags, manifests, made }: RepositoryState): Candidate {
  const digest = tags.get(tag) ?? '';
  return { tag, digest, manifest: manifests.get(digest), made: made.get(digest) };
}

function ruleOf(
  { tag, manifest }: Candidate,
  repository: string,
  rules: readonly Rule[],
): Rule | undefined {
  const kind = manifest !== undefined && isCache(manifest) ? 'cache' : 'image';
  return rules.find(
    (rule) =>
      rule.repositories.matches(repository) &&
      rule.tags.matches(tag) &&
      (rule.kind === undefined || rule.kind === kind),
  );
}

type Decided = readonly (readonly [string, Decision])[];

function decideGroup(rule: Rule | undefined, members: readonly Candidate[], now: number): Decided {
  const stays = { goes: false, reason: 'no rule matches' };
  if (rule === undefined) return members.map(({ tag }) => [tag, stays]);
  const ranks = rule.keepLast === undefined ? undefined : rankImages(members);
  return members.map((one) => {
    const decided = decide(rule, one, ranks?.get(one.digest), now);
    return [one.tag, { ...decided, rule: rule.number }];
  });
}

/** @param rank 0 for the newest image; undefined when its place is not known, or not asked for */
function decide(
  rule: Rule,
  { made }: Candidate,
  rank: number | undefined,
  now: number,
): Omit<Decision, 'rule'> {
  const stays = staysByPlace(rule, rank);
  if (stays !== undefined) return { goes: false, reason: stays };
  const { keepLast = 0, keepYoungerThan = 0, deleteOlderThan = 0 } = rule;
  const limit = Math.max(keepYoungerThan, deleteOlderThan);
  if (limit === 0) return { goes: true, reason: `beyond the last ${keepLast}` };
  if (made === undefined) return { goes: false, reason: 'its age is not known' };
  const isYoung = now - made.at <= limit;
  return { goes: !isYoung, reason: `${isYoung ? 'younger' : 'older'} than ${formatAge(limit)}` };
}

/** Why it stays whatever its age. */
function staysByPlace({ keep, keepLast }: Rule, rank: number | undefined): string | undefined {
  if (keep) return 'keep';
  if (keepLast === undefined || keepLast === 0) return undefined;
  if (rank === undefined) return 'its place in time is not known';
  return rank < keepLast ? `one of the last ${keepLast}` : undefined;
}
