import * as v from 'valibot';
import { knownKeys } from './known-keys.ts';
import type { Dependency } from './model.ts';

const conditions = [
  'service_started',
  'service_healthy',
  'service_completed_successfully',
] as const;

const asList = v.pipe(
  v.array(v.string()),
  v.transform((names): readonly Dependency[] =>
    [...new Set(names)].map((service) => ({ service, condition: 'service_started' })),
  ),
);

const asMap = v.pipe(
  v.record(v.string(), knownKeys({ condition: v.picklist(conditions) })),
  v.transform((map): readonly Dependency[] =>
    Object.entries(map).map(([service, { condition }]) => ({ service, condition })),
  ),
);

/** `depends_on`: names, or names with the condition to wait for. */
export const dependsOnSchema = v.lazy((input) => (Array.isArray(input) ? asList : asMap));
