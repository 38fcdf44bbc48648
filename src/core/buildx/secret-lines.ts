import type { Problem } from '../errors.ts';
import { type Parsed, parsed, problemsOf, rejected } from '../parsed.ts';
import { undefinedVariable } from '../task/undefined-variable.ts';
import type { BuildSecret } from './build-request.ts';
import { givenTwice, missingValue, sizeProblem } from './secret-problems.ts';
import { type ValueSources, readSource } from './value-source.ts';

const where = 'secrets';

/** `id=$variable`, `id=env:NAME`, `id=file:PATH` or `id=secureFile:NAME`, one a line; nothing of a value is ever told. */
export function parseSecrets(
  lines: readonly string[],
  sources: ValueSources,
): Parsed<readonly BuildSecret[]> {
  const results = lines.map((line) => readSecret(line, sources));
  const secrets = results.flatMap((result) => (result.ok ? [result.value] : []));
  const ids = secrets.map(({ id }) => id);
  const problems = [...problemsOf(results), ...givenTwice(where, ids)];
  return problems.length > 0 ? rejected(...problems) : parsed(secrets);
}

function readSecret(line: string, sources: ValueSources): Parsed<BuildSecret> {
  const undefinedMacro = undefinedVariable(where, line);
  if (undefinedMacro !== undefined) return rejected(undefinedMacro);
  const named = readSource(line, sources);
  if (named === undefined) return rejected(malformed(line));
  const { id, source } = named;
  if (source.kind === 'file') return parsed({ id, source });
  const { value, from } = source;
  if (value === undefined) return rejected(missingValue(where, id, from));
  const tooLarge = sizeProblem(where, id, Buffer.byteLength(value));
  if (tooLarge !== undefined) return rejected(tooLarge);
  return parsed({ id, source: { kind: 'value', value, from } });
}

/** The line itself may hold the secret: `id=$(variable)` arrives with the value in place. */
function malformed(line: string): Problem {
  const id = /^([\w.-]+)=/.exec(line)?.[1];
  return {
    where,
    what: `${id === undefined ? 'A line' : `The line of "${id}"`} is not id=$variable, id=env:NAME, id=file:PATH or id=secureFile:NAME.`,
    change: 'Write the name of the variable without parentheses, e.g. npm_token=$npmToken.',
  };
}
