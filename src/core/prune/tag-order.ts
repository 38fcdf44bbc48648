import semver from 'semver';

/** Compares two tags: positive when the first one is newer. */
export type Compare = (one: string, other: string) => number;

const buildNumber = /^\d+(?:[.-]\d+)*$/;

/**
 * How tags tell the order of their images where no time does: as versions, or as numbers of builds (`1042`, `20260131.2`).
 * Undefined when some tag is neither.
 */
export function tagOrder(tags: readonly string[]): Compare | undefined {
  if (tags.every((tag) => buildNumber.test(tag))) return byNumbers;
  if (tags.every((tag) => semver.valid(tag) !== null)) return semver.compare;
  return undefined;
}

const byNumbers: Compare = (one, other) => {
  const [left, right] = [numbersIn(one), numbersIn(other)];
  const at = left.findIndex((number, place) => number !== right[place]);
  if (at === -1) return left.length - right.length;
  return (left[at] ?? 0) - (right[at] ?? -1);
};

function numbersIn(tag: string): readonly number[] {
  return tag.split(/[.-]/).map(Number);
}
