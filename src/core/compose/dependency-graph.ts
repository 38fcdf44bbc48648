import type { ComposeService } from './model.ts';

type Node = Pick<ComposeService, 'name' | 'dependsOn'>;

/** The services of one circle, each depending on the next and the last on the first; empty when there is none. */
export function findCycle(services: readonly Node[]): readonly string[] {
  let rest = services;
  for (;;) {
    const names = new Set(rest.map(({ name }) => name));
    const blocked = rest.filter(({ dependsOn }) => dependsOn.some((d) => names.has(d.service)));
    if (blocked.length === rest.length) return walkCircle(rest);
    rest = blocked;
  }
}

/** Every one of these depends on another of them, so a walk must come back to where it was. */
function walkCircle(services: readonly Node[]): readonly string[] {
  const walked: string[] = [];
  let here = services[0]?.name;
  while (here !== undefined && !walked.includes(here)) {
    walked.push(here);
    const node = services.find(({ name }) => name === here);
    here = node?.dependsOn.find((d) => services.some(({ name }) => name === d.service))?.service;
  }
  return here === undefined ? [] : walked.slice(walked.indexOf(here));
}

/** The order in which services can start one after another, the file's order where it does not matter. */
export function startOrder<T extends Node>(services: readonly T[]): readonly T[] {
  const ordered: T[] = [];
  const visit = (service: T): void => {
    if (ordered.includes(service)) return;
    for (const { service: name } of service.dependsOn) {
      services.filter((candidate) => candidate.name === name).forEach(visit);
    }
    ordered.push(service);
  };
  services.forEach(visit);
  return ordered;
}

/** Who waits for a service, directly. */
export function dependentsOf(name: string, services: readonly Node[]): readonly string[] {
  return services
    .filter(({ dependsOn }) => dependsOn.some(({ service }) => service === name))
    .map((service) => service.name);
}
