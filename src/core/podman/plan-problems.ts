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
  const first = plans.filter(({ service, title }) => title === service.name);
  return first.flatMap((plan) => {
    const { name, place, label } = plan.service;
    const halves = [
      ...badImage(plan),
      ...unpublishedHttp(plan),
      ...sharedNetwork(plan),
      ...(ports === 'asDeclared' ? [...portRanges(plan), ...nameServerPort(plan)] : []),
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

function unpublishedHttp({ service }: ContainerPlan): readonly Half[] {
  const asked = service.wait?.http?.port;
  const isThere = service.ports.some(({ containerPort }) => containerPort === asked);
  if (asked === undefined || isThere) return [];
  const what = `.x-wait.http asks port ${asked} from the agent, but it is not published.`;
  return [[what, `Add "${asked}" to its ports, or ask within it by x-wait.shell.`]];
}

/** Podman refuses to publish for a container that has no network of its own (services-anchors, 1.2). */
function sharedNetwork({ service }: ContainerPlan): readonly Half[] {
  const [, kind, owner = ''] = /^(service|container):(.*)$/.exec(service.networkMode ?? '') ?? [];
  if (kind === undefined || service.ports.length === 0) return [];
  const what = `.ports cannot be published with network_mode: ${kind}:${owner}, whose network it shares.`;
  return [[what, kind === 'service' ? `Publish them at ${owner}.` : 'Remove the ports.']];
}

function portRanges({ service }: ContainerPlan): readonly Half[] {
  const { scale, ports } = service;
  const said = ports.flatMap((port) => port.published ?? []);
  return said.flatMap(({ from, to }): readonly Half[] => {
    const count = to - from + 1;
    if (count >= scale) return [];
    const what = `.ports has ${count === 1 ? `one host port, ${from},` : `${count} host ports`} for ${scale} containers.`;
    return [[what, `Write ${from}-${from + scale - 1}, or use ports: random.`]];
  });
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
