import type { ProjectInput } from './schema/project.ts';
import type { ServiceInput } from './schema/service.ts';

export interface Selection {
  readonly profiles: readonly string[];
  /** Only these and what they depend on; empty: all that the profiles allow. */
  readonly services: readonly string[];
}

/**
 * The names of the services that are on: those without a profile, those of an active one, and with named
 * services the profiles of these (compose-go, types/project.go).
 */
export function enabledServices(project: ProjectInput, selection: Selection): ReadonlySet<string> {
  const entries = Object.entries(project.services);
  const isOn = (profiles: readonly string[]) => {
    return ([, service]: readonly [string, ServiceInput]): boolean => {
      const own = service.profiles ?? [];
      return own.length === 0 || profiles.includes('*') || own.some((p) => profiles.includes(p));
    };
  };
  const first = new Set(entries.filter(isOn(selection.profiles)).map(([name]) => name));
  const more = entries
    .filter(([name]) => selection.services.includes(name) && !first.has(name))
    .flatMap(([, service]) => service.profiles ?? []);
  const active = [...selection.profiles, ...more];
  return new Set(entries.filter(isOn(active)).map(([name]) => name));
}
