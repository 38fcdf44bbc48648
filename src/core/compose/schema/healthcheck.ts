import * as v from 'valibot';
import type { HealthTest, Healthcheck } from '../model-health.ts';
import { knownKeys } from '../known-keys.ts';
import { type Reading, fault, joinMessage, readBy } from '../reading.ts';
import { duration, flag, whole } from './scalars.ts';

const time = v.optional(duration);

const belowZero = joinMessage({ what: 'is below zero.', change: 'Write e.g. 3.' });

/** `healthcheck` of a service; a wrong combination is told here, as docker compose does. */
export const healthcheck = v.pipe(
  knownKeys({
    test: v.optional(readBy(readTest)),
    disable: v.optional(flag, false),
    interval: time,
    timeout: time,
    retries: v.optional(v.pipe(whole, v.minValue(0, belowZero))),
    start_period: time,
    start_interval: time,
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

/** Text runs in a shell; a list begins with NONE, CMD or CMD-SHELL. Shared with images' HEALTHCHECK. */
export function readTest(input: unknown): Reading<HealthTest | undefined> {
  if (typeof input === 'string') return { value: { kind: 'shell', script: input } };
  if (!Array.isArray(input) || !input.every((item) => typeof item === 'string')) {
    return fault('expected text or a list of texts.', 'Write e.g. ["CMD", "pg_isready"].');
  }
  const [first, ...rest] = input;
  if (first === undefined) return { value: undefined };
  if (first === 'NONE') return { value: { kind: 'none' } };
  if (!['CMD', 'CMD-SHELL'].includes(first)) {
    return fault(
      `expected a list that begins with NONE, CMD or CMD-SHELL, found "${first}".`,
      'Put CMD first, or CMD-SHELL for a shell.',
    );
  }
  if (rest.length === 0) return fault(`has no command after ${first}.`, 'Add the command.');
  if (first === 'CMD') return { value: { kind: 'exec', argv: rest } };
  return { value: { kind: 'shell', script: rest.join(' ') } };
}
