import type { Problem } from '../../errors.ts';
import { type Parsed, parsed, problemsOf, rejected } from '../../parsed.ts';
import { templateProblem } from './global-expressions.ts';
import { splitFields } from './rule-fields.ts';

/** What all rules share (docker/metadata-action, "flavor input"). */
export interface Flavor {
  readonly latest: 'auto' | 'true' | 'false';
  readonly prefix: string;
  readonly suffix: string;
  readonly prefixesLatest: boolean;
  readonly suffixesLatest: boolean;
}

export const plainFlavor: Flavor = {
  latest: 'auto',
  prefix: '',
  suffix: '',
  prefixesLatest: false,
  suffixesLatest: false,
};

/** Lines of `latest=…`, `prefix=…` and `suffix=…`, the latter two with `,onlatest=true` where wished. */
export function parseFlavor(lines: readonly string[]): Parsed<Flavor> {
  const results = lines.map(readLine);
  const problems = problemsOf(results);
  if (problems.length > 0) return rejected(...problems);
  const changes = results.flatMap((result) => (result.ok ? [result.value] : []));
  return parsed(Object.assign({}, plainFlavor, ...changes) as Flavor);
}

function readLine(line: string): Parsed<Partial<Flavor>> {
  const fields = splitFields(line).map((field) => /^(\w+)\s*=(.*)$/s.exec(field));
  const pairs = fields.flatMap((found): readonly (readonly [string, string])[] =>
    found === null ? [] : [[(found[1] ?? '').toLowerCase(), (found[2] ?? '').trim()]],
  );
  if (pairs.length < fields.length) return rejected(malformed(line));
  let change: Partial<Flavor> = {};
  for (const [at, [name, value]] of pairs.entries()) {
    const one = readPair(name, value.trim(), pairs[at - 1]?.[0]);
    if (one === undefined) return rejected(malformed(line));
    change = { ...change, ...one };
  }
  return parsed(change);
}

/** @param before the name of the pair in front, which `onlatest` speaks of */
function readPair(name: string, value: string, before?: string): Partial<Flavor> | undefined {
  if (name === 'latest' && (value === 'auto' || isBoolean(value))) {
    return { latest: value.toLowerCase() as Flavor['latest'] };
  }
  if (name === 'onlatest' && isBoolean(value)) {
    const isWished = value.toLowerCase() === 'true';
    if (before === 'prefix') return { prefixesLatest: isWished };
    if (before === 'suffix') return { suffixesLatest: isWished };
  }
  const isAffix = name === 'prefix' || name === 'suffix';
  return isAffix && templateProblem(value) === undefined ? { [name]: value } : undefined;
}

/** Azure Pipelines writes `True` and `False` for the results of its own expressions. */
function isBoolean(value: string): boolean {
  return /^(true|false)$/i.test(value);
}

function malformed(line: string): Problem {
  return {
    where: 'flavor',
    what: `Expected latest=auto, true or false, or prefix=… or suffix=…, found "${line}".`,
    change: 'Write one of them a line; onlatest=true may follow a prefix or suffix, after a comma.',
  };
}
