import * as v from 'valibot';

/** A value of the file understood, or what is wrong with it and what to change. */
export type Reading<T> = { readonly value: T } | Fault;

export interface Fault {
  readonly fault: { readonly what: string; readonly change: string };
}

export function fault(what: string, change: string): Fault {
  return { fault: { what, change } };
}

/** Both halves in the one text that a valibot issue carries; `splitMessage` takes it apart again. */
export function joinMessage({ what, change }: Fault['fault']): string {
  return `${what}\n${change}`;
}

/** Undefined for valibot's own messages. */
export function splitMessage(message: string): Fault['fault'] | undefined {
  const [what, change] = message.split('\n');
  return what === undefined || change === undefined ? undefined : { what, change };
}

/** A schema of one value that only a function of ours understands. */
export function readBy<T>(read: (input: unknown) => Reading<T>) {
  return v.pipe(
    v.unknown(),
    v.rawTransform<unknown, T>(({ dataset, addIssue, NEVER }) => {
      const result = read(dataset.value);
      if ('value' in result) return result.value;
      addIssue({ message: joinMessage(result.fault) });
      return NEVER;
    }),
  );
}

/** What a value is, in a user's words. */
export function kindOf(input: unknown): string {
  if (input === null || input === undefined) return 'nothing';
  if (Array.isArray(input)) return 'a list';
  if (typeof input === 'object') return 'a map';
  return JSON.stringify(input);
}

export function isMap(input: unknown): input is Readonly<Record<string, unknown>> {
  return typeof input === 'object' && input !== null && !Array.isArray(input);
}
