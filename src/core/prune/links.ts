import { companionSubject } from './companion-tag.ts';
import type { RepositoryState } from './repository-state.ts';

type Edges = ReadonlyMap<string, ReadonlySet<string>>;

/** How the manifests of a repository hang together, by digest. */
export interface Links {
  /** What goes with a manifest: its platforms and attestations, and what says something about it. */
  readonly below: Edges;
  /** What stays with a manifest: the same, and the image that it says something about. */
  readonly needs: Edges;
  /** By tag of the forms `sha256-…`, the image that it says something about. */
  readonly companions: ReadonlyMap<string, string>;
}

export function linksOf({ tags, manifests }: RepositoryState): Links {
  const below = new Map<string, Set<string>>();
  const needs = new Map<string, Set<string>>();
  const companions = new Map<string, string>();
  const linkSubject = (subject: string, digest: string): void => {
    link(below, subject, digest);
    link(needs, subject, digest);
    link(needs, digest, subject);
  };
  for (const { digest, children, subject } of manifests.values()) {
    for (const child of children)
      [below, needs].forEach((edges) => {
        link(edges, digest, child);
      });
    if (subject !== undefined) linkSubject(subject, digest);
  }
  for (const [tag, digest] of tags) {
    const subject = companionSubject(tag);
    // A tag that is made of its own digest says nothing about another image.
    if (subject === undefined || subject === digest) continue;
    companions.set(tag, subject);
    linkSubject(subject, digest);
  }
  return { below, needs, companions };
}

function link(edges: Map<string, Set<string>>, from: string, to: string): void {
  edges.set(from, (edges.get(from) ?? new Set()).add(to));
}

/** The digests themselves and everything that the edges lead to. */
export function closureOf(roots: Iterable<string>, edges: Edges): ReadonlySet<string> {
  const closure = new Set(roots);
  // A set is walked in the order of insertion, what is added on the way included.
  for (const digest of closure) edges.get(digest)?.forEach((next) => closure.add(next));
  return closure;
}
