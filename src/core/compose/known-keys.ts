import { distance } from 'fastest-levenshtein';
import * as v from 'valibot';
import { isMap, joinMessage, kindOf } from './reading.ts';

/** A map with these keys, `x-` keys of the user's own, and no other: each other one is told, with the nearest name. */
export function knownKeys<T extends v.ObjectEntries>(entries: T) {
  const names = Object.keys(entries);
  return v.pipe(
    v.custom<object>(isMap, ({ input }) => notMap(input)),
    v.looseObject(entries),
    v.rawCheck(({ dataset, addIssue }) => {
      const input: unknown = dataset.value;
      if (!isMap(input)) return;
      for (const key of Object.keys(input)) {
        if (Object.hasOwn(entries, key) || key.startsWith('x-')) continue;
        addIssue({
          message: joinMessage({
            what: 'is not a key of compose files.',
            change: advise(key, names),
          }),
          path: [{ type: 'object', origin: 'key', input, key, value: input[key] }],
        });
      }
    }),
  );
}

/** A map whose keys are the user's own names. */
export function named<T extends v.GenericSchema>(value: T) {
  return v.pipe(
    v.custom<object>(isMap, ({ input }) => notMap(input)),
    v.record(v.string(), value),
  );
}

function advise(key: string, names: readonly string[]): string {
  const near = nearest(key, names);
  if (near !== undefined) return `Did you mean ${near}?`;
  const few = names.length <= 12 ? ` Here stand ${names.join(', ')}.` : '';
  return `Remove it, or begin it with x- to keep it.${few}`;
}

/** The name that a misspelt one is nearest to; undefined when none is near. */
function nearest(word: string, names: readonly string[]): string | undefined {
  const ranked = names
    .map((name) => ({ name, far: distance(word.toLowerCase(), name) }))
    .sort((a, b) => a.far - b.far);
  const [best] = ranked;
  return best !== undefined && best.far <= Math.max(1, word.length / 3) ? best.name : undefined;
}

function notMap(input: unknown): string {
  return joinMessage({ what: `expected a map, found ${kindOf(input)}.`, change: 'Mend it.' });
}
