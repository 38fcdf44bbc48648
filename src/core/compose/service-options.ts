import { type ContainerOptions, optionKeys } from './model-options.ts';
import type { ServiceInput } from './schema/service.ts';

/** `deploy` says the same as the flat keys; when both speak they agree. */
export function optionsOf(input: ServiceInput): ContainerOptions {
  const { limits, reservations } = input.deploy?.resources ?? {};
  const flat = Object.fromEntries(
    optionKeys.filter((key) => isSaid(input[key])).map((key) => [key, input[key]]),
  );
  const deployed = {
    cpus: limits?.cpus,
    mem_limit: limits?.memory,
    pids_limit: limits?.pids,
    mem_reservation: reservations?.memory,
    gpus: reservations?.devices,
  };
  const said = Object.entries(deployed).filter(([, value]) => value !== undefined);
  return { ...Object.fromEntries(said), ...flat };
}

/** Zero, false and an empty list say nothing. */
function isSaid(value: unknown): boolean {
  if (Array.isArray(value)) return value.length > 0;
  return value !== undefined && value !== false && value !== 0;
}
