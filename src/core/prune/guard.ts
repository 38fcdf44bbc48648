import type { Problem } from '../errors.ts';
import type { RepositoryPlan } from './repository-plan.ts';

/** How much a run may delete. */
export interface Limits {
  /** Of all tags that were looked at; 100: any share. */
  readonly maxDeletePercent: number;
  /** Tags; 0: any number. */
  readonly maxDeletes: number;
}

/** Tags that follow no other image: what people count. */
export function countTags(plans: readonly RepositoryPlan[]): {
  readonly all: number;
  readonly going: number;
} {
  const own = plans.flatMap(({ tags }) => tags.filter(({ follows }) => follows === undefined));
  return { all: own.length, going: own.filter(({ goes }) => goes).length };
}

/** Why a plan is not carried out; empty when it may be. */
export function guardProblems(
  plans: readonly RepositoryPlan[],
  { maxDeletePercent, maxDeletes }: Limits,
): readonly Problem[] {
  const { all, going } = countTags(plans);
  const percent = all === 0 ? 0 : (going / all) * 100;
  const change = 'Look at the plan; if it is right, raise this, for this run at least.';
  return [
    ...(percent > maxDeletePercent
      ? [
          {
            where: 'maxDeletePercent',
            what: `The plan deletes ${going} of ${all} tags, ${shown(percent)} %; at most ${maxDeletePercent} % may go.`,
            change,
          },
        ]
      : []),
    ...(maxDeletes > 0 && going > maxDeletes
      ? [
          {
            where: 'maxDeletes',
            what: `The plan deletes ${going} tags; at most ${maxDeletes} may go.`,
            change,
          },
        ]
      : []),
  ];
}

/** Never rounded down to the very limit that it is above. */
function shown(percent: number): number {
  return Math.ceil(percent);
}
