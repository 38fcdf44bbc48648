import type { Problem } from '../errors.ts';
import { type MapNode, placeAt } from './node.ts';
import { problemAt } from './read-yaml.ts';
import type { ServiceInput } from './schema/service.ts';
import type { BareService } from './to-service.ts';

/** Two keys of a service that speak of the same must agree. */
export function contradictions(
  service: BareService,
  input: ServiceInput,
  model: MapNode,
): readonly Problem[] {
  const place = placeAt(model, ['services', service.name]);
  return [...differences(input), ...exclusions(service, input)].map(([what, change]) =>
    problemAt(place, { what: `services.${service.name} ${what}`, change }),
  );
}

type Half = readonly [what: string, change: string];

function differences(input: ServiceInput): readonly Half[] {
  const { limits, reservations } = input.deploy?.resources ?? {};
  const pairs = [
    ['scale', input.scale, 'deploy.replicas', input.deploy?.replicas],
    ['cpus', said(input.cpus), 'deploy.resources.limits.cpus', limits && (limits.cpus ?? 0)],
    [
      'mem_limit',
      said(input.mem_limit),
      'deploy.resources.limits.memory',
      limits && (limits.memory ?? 0),
    ],
    [
      'pids_limit',
      said(input.pids_limit),
      'deploy.resources.limits.pids',
      limits && (limits.pids ?? 0),
    ],
    [
      'mem_reservation',
      said(input.mem_reservation),
      'deploy.resources.reservations.memory',
      reservations && (reservations.memory ?? 0),
    ],
  ] as const;
  return pairs.flatMap(([key, a, other, b]): readonly Half[] => {
    if (a === undefined || b === undefined || a === b) return [];
    return [[`says ${a} in ${key} and ${b} in ${other}.`, 'Remove one of them.']];
  });
}

/** Zero says nothing. */
function said(value: number | undefined): number | undefined {
  return value === 0 ? undefined : value;
}

function exclusions({ scale }: BareService, input: ServiceInput): readonly Half[] {
  const { network_mode: mode = '', networks = {}, container_name: name } = input;
  return [
    ...(mode !== '' && Object.keys(networks).length > 0
      ? [['has both network_mode and networks.', 'Remove one of them.'] as const]
      : []),
    ...(scale < 0 ? [['has a scale below zero.', 'Write 0 or more.'] as const] : []),
    ...(scale > 1 && name !== undefined
      ? [['has container_name and a scale above one.', 'Remove container_name.'] as const]
      : []),
  ];
}
