import type { ComposeService } from '../compose/model.ts';
import type { ServiceAddress } from '../podman/outputs.ts';
import type { Connection, Preset } from './preset.ts';
import { presets } from './presets.ts';

type Known = Pick<ComposeService, 'name' | 'environment' | 'preset'>;

/** How the agent's programs connect; undefined when the image is not known, or not all of its ports are published. */
export function connectionTo(
  service: Known,
  { host, ports }: ServiceAddress,
): Connection | undefined {
  const preset = presetOf(service);
  const published = new Map(ports.map(([port, hostPort]) => [Number(port), hostPort]));
  if (preset === undefined || !preset.ports.every((port) => published.has(port))) return undefined;
  const portOf = (port: number): number => published.get(port) ?? port;
  return preset.connection({ environment: service.environment, host, portOf });
}

/** How other containers on its network connect. */
export function connectionWithin(service: Known): Connection | undefined {
  const server = { environment: service.environment, portOf: (port: number): number => port };
  return presetOf(service)?.connection({ ...server, host: service.name });
}

function presetOf({ preset }: Known): Preset | undefined {
  return preset === undefined ? undefined : presets[preset];
}
