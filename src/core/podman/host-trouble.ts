import type { Adaptation, HostSettings } from './host-settings.ts';
import { type Trouble, adaptable } from './host-troubles.ts';
import { lasting } from './lasting-troubles.ts';

/** What Podman's words say about the host; undefined when they speak of something else. */
export function hostTrouble(stderr: string): Trouble | undefined {
  return [...adaptable, ...lasting].find(({ words }) => words.test(stderr));
}

/** True when the adaptation would change nothing: it has been tried. */
export function isTried({ change }: Adaptation, settings: HostSettings): boolean {
  const known = settings as Readonly<Record<string, unknown>>;
  return Object.entries(change).every(
    ([name, value]) => JSON.stringify(known[name]) === JSON.stringify(value),
  );
}
