import type { Matches } from './patterns.ts';
import type { Rule } from './rule.ts';

/** What decides over tags. */
export interface Policy {
  readonly rules: readonly Rule[];
  readonly protectedTags: readonly Matches[];
  readonly protectedImages: ProtectedImages;
  /** Milliseconds since the epoch. */
  readonly now: number;
}

/** Images that run somewhere. */
export interface ProtectedImages {
  /** Repository and tag, as `shop/orders:42`. */
  readonly tags: ReadonlySet<string>;
  /** By digest the repositories that it was named with; none for a digest alone. It counts in all of them. */
  readonly digests: ReadonlyMap<string, ReadonlySet<string>>;
}

/** Why a tag stays before any rule is asked; undefined when rules decide. */
export function protection(
  tag: string,
  digest: string,
  repository: string,
  { protectedTags, protectedImages }: Policy,
): string | undefined {
  if (protectedTags.some((matches) => matches(tag))) return 'protected tag';
  const { tags, digests } = protectedImages;
  const isNamed = tags.has(`${repository}:${tag}`) || digests.has(digest);
  return isNamed ? 'protected image' : undefined;
}
