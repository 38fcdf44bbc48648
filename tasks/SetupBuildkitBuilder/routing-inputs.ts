import { type Parsed, parsed, problemsOf, rejected } from '../../src/core/parsed.ts';
import type { Routing } from '../../src/core/routing/choose-replica.ts';
import { undefinedVariable } from '../../src/core/task/undefined-variable.ts';

export interface RoutingRequest {
  readonly routing: Routing;
  /** The user's own key. */
  readonly affinityKey?: string;
  /** At least 1. */
  readonly maxLoadFactor: number;
}

interface RoutingInputs {
  readonly routing: Routing;
  readonly affinityKey: string | undefined;
  readonly maxLoadFactor: string | undefined;
}

export function parseRouting(inputs: RoutingInputs): Parsed<RoutingRequest> {
  const maxLoadFactor = parseFactor(inputs.maxLoadFactor ?? '2');
  const key = parseKey(inputs.affinityKey);
  if (!maxLoadFactor.ok || !key.ok) return rejected(...problemsOf([maxLoadFactor, key]));
  return parsed({
    routing: inputs.routing,
    maxLoadFactor: maxLoadFactor.value,
    ...(key.value === undefined ? {} : { affinityKey: key.value }),
  });
}

function parseFactor(text: string): Parsed<number> {
  const factor = Number(text);
  if (/^\d+(\.\d+)?$/.test(text) && factor >= 1) return parsed(factor);
  return rejected({
    where: 'maxLoadFactor',
    what: `Expected a number of at least 1, such as 1.5, found "${text}".`,
    change: 'Write 1 for evenly loaded replicas, a large number to stay with the cache.',
  });
}

function parseKey(key: string | undefined): Parsed<string | undefined> {
  const macro = undefinedVariable('affinityKey', key ?? '');
  return macro === undefined ? parsed(key) : rejected(macro);
}
