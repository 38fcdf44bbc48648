import type { Problem } from '../errors.ts';
import { type Parsed, parsed, rejected } from '../parsed.ts';
import type { EndpointLine } from './endpoint-line.ts';

/** Daemons that stand for one another: one of them becomes the node for these platforms. */
export interface ReplicaGroup {
  /** Sorted; empty when not told, which only a lone group may. */
  readonly platforms: readonly string[];
  readonly lines: readonly EndpointLine[];
}

const where = 'endpoints';

/**
 * Lines with the same platforms are replicas of one group. Refuses what buildx would take without a
 * word: a platform on two nodes goes to the first of them (build-anchors 3.5).
 */
export function replicaGroups(lines: readonly EndpointLine[]): Parsed<readonly ReplicaGroup[]> {
  const byPlatforms = new Map<string, EndpointLine[]>();
  for (const line of lines) {
    const key = line.platforms.join();
    byPlatforms.set(key, [...(byPlatforms.get(key) ?? []), line]);
  }
  const groups = [...byPlatforms.values()].map((members) => ({
    platforms: members[0]?.platforms ?? [],
    lines: members,
  }));
  const problems = [
    ...repeated(lines.map(({ address }) => address.url.toLowerCase())).map(sameUrl),
    ...repeated(lines.flatMap(({ name }) => name?.toLowerCase() ?? [])).map(sameName),
    ...undeclared(groups),
    ...repeated(groups.flatMap(({ platforms }) => platforms)).map((name) => shared(name, groups)),
  ];
  return problems.length > 0 ? rejected(...problems) : parsed(groups);
}

function repeated(words: readonly string[]): readonly string[] {
  return [...new Set(words.filter((word, at) => words.indexOf(word) !== at))];
}

function sameUrl(url: string): Problem {
  return { where, what: `The address ${url} is given twice.`, change: 'Remove one of the lines.' };
}

function sameName(name: string): Problem {
  const what = `Two addresses have the name "${name}".`;
  return { where, what, change: 'Give each replica a name of its own.' };
}

function undeclared(groups: readonly ReplicaGroup[]): readonly Problem[] {
  if (groups.length < 2) return [];
  const lines = groups.find(({ platforms }) => platforms.length === 0)?.lines ?? [];
  return lines.map(({ address }) => ({
    where,
    what: `Other addresses say platforms=, but ${address.url} does not.`,
    change: 'Say platforms= on every line or on none, so that each build has one place to go.',
  }));
}

function shared(platform: string, groups: readonly ReplicaGroup[]): Problem {
  const sets = groups.filter(({ platforms }) => platforms.includes(platform));
  const found = sets.map(
    ({ platforms, lines }) => `${platforms.join()} (${lines[0]?.address.url ?? ''})`,
  );
  return {
    where,
    what: `The platform ${platform} is in two groups, ${found.join(' and ')}: replicas of one group have equal platforms.`,
    change: 'Make the lists equal, or leave the platform out of one of them.',
  };
}
