import * as v from 'valibot';
import { knownKeys } from './known-keys.ts';
import { readDuration } from './duration.ts';
import type { HealthTest, Healthcheck } from './model.ts';
import { type Reading, fault, joinMessage, readBy } from './reading.ts';
import { flag } from './scalars.ts';

const duration = v.optional(readBy(readDuration));

/** `healthcheck` of a service; a wrong combination is told here, as docker compose does. */
export const healthcheckSchema = v.pipe(
  knownKeys({
    test: v.optional(readBy(readTest)),
    disable: v.optional(flag, false),
    interval: duration,
    timeout: duration,
    retries: v.optional(readBy(readRetries)),
    start_period: duration,
    start_interval: duration,
  }),
  v.check(
    (check) => (check.start_interval ?? 0) === 0 || (check.start_period ?? 0) > 0,
    joinMessage({
      what: 'has start_interval without start_period, so it would never be used.',
      change: 'Add start_period, or remove start_interval.',
    }),
  ),
  v.transform((check): Healthcheck => {
    const test: HealthTest | undefined = check.disable ? { kind: 'none' } : check.test;
    return {
      ...(test === undefined ? {} : { test }),
      ...positive('intervalMs', check.interval),
      ...positive('timeoutMs', check.timeout),
      ...positive('retries', check.retries),
      ...positive('startPeriodMs', check.start_period),
      ...positive('startIntervalMs', check.start_interval),
    };
  }),
);

/** Zero means "not said" to Docker. */
function positive<K extends keyof Healthcheck>(
  key: K,
  value: number | undefined,
): { readonly [P in K]?: number } {
  return value === undefined || value === 0 ? {} : ({ [key]: value } as { [P in K]: number });
}

function readRetries(input: unknown): Reading<number> {
  const count = Number(input);
  if (/^\d+$/.test(String(input))) return { value: count };
  return fault(`expected a whole number, found ${JSON.stringify(input)}.`, 'Write e.g. 3.');
}

/** Text runs in a shell; a list begins with NONE, CMD or CMD-SHELL. Shared with images' HEALTHCHECK. */
export function readTest(input: unknown): Reading<HealthTest> {
  if (typeof input === 'string') return { value: { kind: 'shell', script: input } };
  if (!Array.isArray(input) || input.length === 0) {
    return fault('expected text or a list.', 'Write e.g. ["CMD", "pg_isready"].');
  }
  const [first, ...rest] = input.map(String);
  if (first === 'NONE') return { value: { kind: 'none' } };
  if (rest.length === 0) return fault(`has no command after ${first ?? ''}.`, 'Add the command.');
  if (first === 'CMD') return { value: { kind: 'exec', argv: rest } };
  if (first === 'CMD-SHELL') return { value: { kind: 'shell', script: rest.join(' ') } };
  return fault(
    `expected a list that begins with NONE, CMD or CMD-SHELL, found "${first ?? ''}".`,
    'Put CMD first, or CMD-SHELL for a shell.',
  );
}
