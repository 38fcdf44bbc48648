import { formatAge } from '../prune/age-text.ts';
import { formatBytes } from '../text/measures.ts';
import {
  type PrunedRepository,
  type PrunedTag,
  type TagOutcome,
  countOutcomes,
} from './prune-report.ts';

/** Before it is done, and after. */
export type Tense = 'plan' | 'done';

const words: Readonly<Record<Tense, Readonly<Record<TagOutcome, string>>>> = {
  plan: { kept: 'stays', deleted: 'goes', untagged: 'tag goes', skipped: 'stays', failed: 'stays' },
  done: {
    kept: 'kept',
    deleted: 'deleted',
    untagged: 'tag removed',
    skipped: 'skipped',
    failed: 'failed',
  },
};

/** More rows are for the report, not for eyes. */
const rowLimit = 200;
const order: readonly TagOutcome[] = ['failed', 'deleted', 'untagged', 'skipped', 'kept'];

/** A repository's tags, what goes first and the oldest of it first, under a heading. */
export function tagRows(
  { tags }: PrunedRepository,
  tense: Tense,
  now: number,
): { readonly rows: readonly (readonly string[])[]; readonly left: number } {
  const sorted = [...tags].sort(
    (one, other) =>
      order.indexOf(one.outcome) - order.indexOf(other.outcome) ||
      (one.madeAt ?? '').localeCompare(other.madeAt ?? '') ||
      one.tag.localeCompare(other.tag),
  );
  const heading = ['Tag', 'Image', 'Age', 'Size', tense === 'plan' ? 'Plan' : 'Result', 'Why'];
  const rows = sorted.slice(0, rowLimit).map((tag) => cellsOf(tag, tense, now));
  return { rows: [heading, ...rows], left: Math.max(0, sorted.length - rowLimit) };
}

function cellsOf(
  { tag, digest, madeAt, size, outcome, reason, rule }: PrunedTag,
  tense: Tense,
  now: number,
): readonly string[] {
  const by = rule === undefined ? '' : `rule ${rule}: `;
  return [
    shortTag(tag),
    digest.replace(/^sha256:/, '').slice(0, 12),
    madeAt === undefined ? '' : formatAge(now - Date.parse(madeAt)),
    formatBytes(size),
    words[tense][outcome],
    `${by}${reason}`,
  ];
}

/** Tags made of a digest are twice as long as a line. */
function shortTag(tag: string): string {
  return tag.replace(/^(sha256-[0-9a-f]{12})[0-9a-f]{52}/, '$1…');
}

/** One row for each repository, and one for all when there are several. */
export function totalRows(
  repositories: readonly PrunedRepository[],
  tense: Tense,
): readonly (readonly string[])[] {
  const isPlan = tense === 'plan';
  const heading = isPlan
    ? ['Repository', 'Tags', 'Stay', 'Go', 'Manifests that go']
    : ['Repository', 'Tags', 'Kept', 'Deleted', 'Manifests deleted', 'Skipped', 'Failed'];
  const row = (name: string, some: readonly PrunedRepository[]): readonly string[] => {
    const { kept, deleted, untagged, skipped, failed } = countOutcomes(some);
    const all = some.reduce((sum, { tags }) => sum + tags.length, 0);
    const manifests = some.reduce((sum, one) => sum + one.manifests, 0);
    const numbers = [
      all,
      kept,
      deleted + untagged,
      manifests,
      ...(isPlan ? [] : [skipped, failed]),
    ];
    return [name, ...numbers.map(String)];
  };
  const rows = repositories.map((one) => row(one.name, [one]));
  return [heading, ...rows, ...(rows.length > 1 ? [row('together', repositories)] : [])];
}
