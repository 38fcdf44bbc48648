import type { EndpointLine } from '../../src/core/buildkit/endpoint-line.ts';
import type { ReplicaGroup } from '../../src/core/buildkit/replica-groups.ts';
import {
  type Lookup,
  type Replica,
  addressReplicas,
  dnsProblem,
  namedReplica,
  serviceReplicas,
} from '../../src/core/buildkit/replicas.ts';
import type { Problem } from '../../src/core/errors.ts';
import type { Resolver } from '../../src/ports/resolver.ts';

/** A group with the daemons that it has now. */
export interface FoundGroup {
  readonly platforms: readonly string[];
  /** Each address once. */
  readonly replicas: readonly Replica[];
  /** Of the DNS names that led to none. */
  readonly problems: readonly Problem[];
}

/** Asks DNS for the daemons behind names; what a user listed one by one is taken as it is. */
export async function findReplicas(
  { platforms, lines }: ReplicaGroup,
  resolver: Resolver,
  limitMs: number,
): Promise<FoundGroup> {
  const found = await Promise.all(lines.map((line) => replicasOf(line, resolver, limitMs)));
  const replicas = found.flatMap((each) => each.replicas);
  const urls = replicas.map(({ endpoint }) => endpoint.url);
  return {
    platforms,
    replicas: replicas.filter(({ endpoint }, at) => urls.indexOf(endpoint.url) === at),
    problems: found.flatMap((each) => each.problems),
  };
}

type Found = Omit<FoundGroup, 'platforms'>;

async function replicasOf(line: EndpointLine, resolver: Resolver, limitMs: number): Promise<Found> {
  const { address, name } = line;
  switch (address.kind) {
    case 'srv':
      return foundBy(line, await resolver.services(address.service, limitMs), serviceReplicas);
    case 'dns':
      return foundBy(line, await resolver.addresses(address.host, limitMs), (records) =>
        addressReplicas(records, address),
      );
    default:
      return { replicas: [namedReplica(name, address)], problems: [] };
  }
}

function foundBy<T>(
  line: EndpointLine,
  lookup: Lookup<T>,
  toReplicas: (records: readonly T[]) => readonly Replica[],
): Found {
  const replicas = lookup.kind === 'found' ? toReplicas(lookup.records) : [];
  return { replicas, problems: replicas.length > 0 ? [] : [dnsProblem(line, lookup)] };
}
