import * as v from 'valibot';
import { joinMessage, kindOf } from './reading.ts';

/** A map with these keys and no other: each other one is told (valibot's strictObject tells the first only). */
export function knownKeys<T extends v.ObjectEntries>(
  entries: T,
  cures: Readonly<Record<string, string>> = {},
  otherwise = 'Remove it.',
) {
  return v.pipe(
    v.custom<object>(isMap, ({ input }) => notMap(input)),
    v.looseObject(entries),
    v.rawCheck(({ dataset, addIssue }) => {
      const input: unknown = dataset.value;
      if (typeof input !== 'object' || input === null) return;
      const map = input as Record<string, unknown>;
      for (const key of Object.keys(map).filter((name) => !(name in entries))) {
        const change = cures[key] ?? otherwise;
        addIssue({
          message: joinMessage({ what: 'is not supported yet.', change }),
          path: [{ type: 'object', origin: 'key', input: map, key, value: map[key] }],
        });
      }
    }),
  );
}

function isMap(input: unknown): boolean {
  return kindOf(input) === 'a map';
}

function notMap(input: unknown): string {
  return joinMessage({ what: `expected a map, found ${kindOf(input)}.`, change: 'Mend it.' });
}
