import type { Builder, Registry } from './options.ts';

interface Part {
  stop(): Promise<void>;
}

/** What of a playground runs so far, so that an end at any moment ends all of it. */
export class RunningParts {
  readonly builders = new Map<string, Builder>();
  readonly registries = new Map<string, Registry>();
  private readonly parts: Part[] = [];

  /** Remembers a part that has to be stopped. */
  add(part: Part): void {
    this.parts.push(part);
  }

  async stop(): Promise<void> {
    await Promise.all(this.parts.map((part) => part.stop()));
  }
}

/**
 * Awaits all of them even when one fails, so that nothing starts behind the back of a stop.
 * @throws the first failure
 */
export async function allOf<T>(starting: readonly Promise<T>[]): Promise<T[]> {
  await Promise.allSettled(starting);
  return Promise.all(starting);
}

/** @throws Error that lists the names there are. */
export function named<T>(parts: ReadonlyMap<string, T>, kind: string, name: string): T {
  const part = parts.get(name);
  if (part !== undefined) return part;
  const known = [...parts.keys()].join(', ');
  throw new Error(`The playground has no ${kind} "${name}"; it has: ${known}.`);
}
