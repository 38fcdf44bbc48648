import { distance } from 'fastest-levenshtein';

/** The names most like `text`, best first; none that would need more than half of its letters changed. */
export function nearest(text: string, names: readonly string[], limit = 3): readonly string[] {
  const wanted = text.toLowerCase();
  return names
    .map((name) => ({ name, edits: distance(wanted, name.toLowerCase()) }))
    .filter(({ edits }) => edits <= Math.max(2, Math.floor(wanted.length / 2)))
    .sort((one, other) => one.edits - other.edits || (one.name < other.name ? -1 : 1))
    .slice(0, limit)
    .map(({ name }) => name);
}
