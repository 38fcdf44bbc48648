import type { ContainerPlan } from '../podman/container-plan.ts';
import { shellName } from '../podman/outputs.ts';
import { connectionWithin } from './connection-to.ts';

/**
 * The container of the tests: it publishes nothing, for what it needs is on its network, and it is told how to
 * connect to what is known there, as `DB_CONNECTION_STRING`, unless its own variables say so.
 */
export function testContainer(plan: ContainerPlan, all: readonly ContainerPlan[]): ContainerPlan {
  const { environment } = plan.service;
  const told = all
    .filter(({ service, title }) => title === service.name && service !== plan.service)
    .flatMap(({ service }) =>
      Object.entries(connectionWithin(service)?.strings ?? {}).map(
        ([name, value]) => [shellName(`${service.name}.${name}`), value] as const,
      ),
    )
    .filter(([name]) => !Object.hasOwn(environment, name));
  return {
    ...plan,
    publish: [],
    service: { ...plan.service, environment: { ...Object.fromEntries(told), ...environment } },
    hiddenVariables: [...plan.hiddenVariables, ...told.map(([name]) => name)],
  };
}
