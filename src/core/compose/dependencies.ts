import type { Dependency, Link } from './model.ts';
import type { ServiceInput } from './schema/service.ts';

const started = { condition: 'service_started', required: true } as const;

/** What is said, and what follows from sharing something with another service (compose-go, loader/normalize.go). */
export function dependencies(input: ServiceInput): readonly Dependency[] {
  const said =
    Array.isArray(input.depends_on) || input.depends_on === undefined ? {} : input.depends_on;
  const found = new Map<string, Dependency>(
    Object.entries(said as Exclude<typeof input.depends_on, readonly string[] | undefined>).map(
      ([service, { condition, required }]) => [service, { service, condition, required }],
    ),
  );
  const shared = [input.network_mode, input.ipc, input.pid, input.uts, input.cgroup];
  const implied = [
    ...(input.links ?? []).map((link) => toLink(link).service),
    ...shared.flatMap((mode) => (mode?.startsWith('service:') ? [mode.slice(8)] : [])),
    ...(input.volumes_from ?? []).flatMap((from) =>
      from.startsWith('container:') ? [] : [from.split(':')[0] ?? ''],
    ),
  ];
  for (const service of implied) {
    if (!found.has(service)) found.set(service, { service, ...started });
  }
  return [...found.values()];
}

export function toLink(text: string): Link {
  const [service = '', alias = service, ...more] = text.split(':');
  return more.length > 0 ? { service: text, alias: text } : { service, alias };
}
