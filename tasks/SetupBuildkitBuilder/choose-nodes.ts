import { type Affinity, affinityKey } from '../../src/core/routing/affinity-key.ts';
import {
  type Candidate,
  type Choice,
  chooseReplica,
} from '../../src/core/routing/choose-replica.ts';
import type { SetupRequest } from './inputs.ts';
import { type SeenGroup, type SeenReplica, isReady } from './look-at-replicas.ts';

/** A replica in the order of its group. */
interface RankedReplica extends SeenReplica, Candidate {}

/** One node of the builder: the replica chosen for a group of platforms. */
export interface ChosenNode {
  readonly name: string;
  /** As declared; empty for whatever the daemon can. */
  readonly platforms: readonly string[];
  readonly choice: Choice<RankedReplica>;
}

/** One replica of each group; a group without a ready one is left out, which waiting has ruled out. */
export function chooseNodes(
  groups: readonly SeenGroup[],
  { routing: wish, builderName }: Pick<SetupRequest, 'routing' | 'builderName'>,
  affinity: Omit<Affinity, 'platforms'>,
): readonly ChosenNode[] {
  return groups.flatMap(({ platforms, replicas }, at) => {
    const own = wish.affinityKey;
    const key =
      own === undefined ? affinityKey({ ...affinity, platforms }) : `${own}\0${platforms.join()}`;
    const candidates = replicas.map(candidate);
    const choice = chooseReplica(wish.routing, key, candidates, wish.maxLoadFactor);
    return choice === undefined ? [] : [{ name: `${builderName}-${at}`, platforms, choice }];
  });
}

/** The node on the next replica in rank, because the chosen one went away; undefined when there is none. */
export function failedOver({ name, platforms, choice }: ChosenNode): ChosenNode | undefined {
  const [lost, ...others] = choice.ranking;
  const [replica] = others;
  if (lost === undefined || replica?.isReady !== true) return undefined;
  const ranking = [...others, { ...lost, isReady: false }];
  const reason = `${lost.name} went away`;
  return { name, platforms, choice: { replica, ranking, rank: choice.rank + 1, reason } };
}

/** The choice and why, for people. */
export function describeChoice({ name, choice }: ChosenNode): string {
  const { replica, rank, ranking, reason } = choice;
  return `${name} is ${replica.name}, rank ${rank} of ${ranking.length}: ${reason}.`;
}

function candidate(replica: SeenReplica): RankedReplica {
  const runningBuilds = replica.facts?.runningBuilds ?? 0;
  return { ...replica, isReady: isReady(replica), runningBuilds };
}
