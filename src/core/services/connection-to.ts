import type { ComposeService } from '../compose/model.ts';
import type { ServiceAddress } from '../podman/outputs.ts';
import type { Connection, Preset, Server } from './preset.ts';
import { presets } from './presets.ts';

type Known = Pick<ComposeService, 'name' | 'environment' | 'command' | 'preset'>;

/** How the agent's programs connect; undefined when the image is not known, or not all of its ports are published. */
export function connectionTo(
  service: Known,
  { host, ports }: ServiceAddress,
): Connection | undefined {
  const preset = presetOf(service);
  const published = new Map(ports.map(([port, hostPort]) => [Number(port), hostPort]));
  if (preset === undefined || !preset.ports.every((port) => published.has(port))) return undefined;
  const portOf = (port: number): number => published.get(port) ?? port;
  return preset.connection({ ...wordsOf(service), isPeer: false, host, portOf });
}

/** How other containers on its network connect. */
export function connectionWithin(service: Known): Connection | undefined {
  const server = { isPeer: true, host: service.name, portOf: (port: number): number => port };
  return presetOf(service)?.connection({ ...wordsOf(service), ...server });
}

function wordsOf({ environment, command = [] }: Known): Pick<Server, 'environment' | 'command'> {
  return { environment, command };
}

function presetOf({ preset }: Known): Preset | undefined {
  return preset === undefined ? undefined : presets[preset];
}
