import type { Problem } from '../errors.ts';
import type { ContainerPlan } from './container-plan.ts';
import { steersPodman } from './hidden-variables.ts';
import type { PortMode } from './publish.ts';
import { pullReference } from './pull-reference.ts';

/** What Podman could not do, or must not: every problem of all services at once. */
export function planProblems(
  plans: readonly ContainerPlan[],
  ports: PortMode,
  isMasked: (value: string) => boolean,
): readonly Problem[] {
  return plans.flatMap((plan) => {
    const { name, place, label } = plan.service;
    const halves = [
      ...badImage(plan),
      ...severalContainers(plan),
      ...(ports === 'asDeclared' ? [...openRanges(plan), ...nameServerPort(plan)] : []),
      ...secretsInArguments(plan, isMasked),
      ...steeringSecrets(plan),
    ];
    return halves.map(([what, change]) => ({
      where: `${label}:${place.line ?? 1}`,
      what: `services.${name}${what}`,
      change,
      place,
    }));
  });
}

type Half = readonly [what: string, change: string];

function badImage({ service }: ContainerPlan): readonly Half[] {
  if (pullReference(service.image) !== undefined) return [];
  return [
    [
      `.image expected an image reference, found "${service.image}".`,
      'Write registry/name:tag, in lower case.',
    ],
  ];
}

/** aardvark-dns listens there, on the address of every bridge (services-anchors, 1.2). */
function nameServerPort({ service }: ContainerPlan): readonly Half[] {
  if (!service.ports.some(({ published }) => published?.from === 53)) return [];
  const what = ".ports publishes the host's port 53, which Podman's own name server needs.";
  return [[what, 'Publish another one, such as 5353:53/udp.']];
}

function severalContainers({ service: { scale } }: ContainerPlan): readonly Half[] {
  if (scale <= 1) return [];
  return [[`.scale asks for ${scale} containers, and one is started.`, 'Write scale: 1.']];
}

function openRanges({ service }: ContainerPlan): readonly Half[] {
  const ranges = service.ports.flatMap(({ published: p }) => (p && p.from !== p.to ? [p] : []));
  return ranges.map(({ from, to }) => [
    `.ports has the range ${from}-${to} for one port, which is not supported yet with ports: asDeclared.`,
    'Declare one host port, or use ports: random.',
  ]);
}

function secretsInArguments(
  { service }: ContainerPlan,
  isMasked: (value: string) => boolean,
): readonly Half[] {
  const test = service.healthcheck?.test;
  const texts: Readonly<Record<string, readonly string[]>> = {
    command: service.command ?? [],
    entrypoint: service.entrypoint ?? [],
    healthcheck: test?.kind === 'exec' ? test.argv : test?.kind === 'shell' ? [test.script] : [],
  };
  return Object.entries(texts)
    .filter(([, words]) => words.some(isMasked))
    .map(([key]) => [
      `.${key} holds a secret, which every user of the agent could read in the process list.`,
      'Hand it over by environment, and let a shell in the container read it there ($$NAME).',
    ]);
}

function steeringSecrets({ hiddenVariables }: ContainerPlan): readonly Half[] {
  return hiddenVariables
    .filter(steersPodman)
    .map((name) => [
      `.environment.${name} holds a secret under a name that Podman itself acts upon.`,
      'Give it another name.',
    ]);
}
