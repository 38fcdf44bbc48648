import type { Problem } from '../errors.ts';
import { type Parsed, parsed, problemsOf, rejected } from '../parsed.ts';
import type { BuildArg } from './build-request.ts';

export interface BuildArgSources {
  readonly variable: (name: string) => string | undefined;
  /** Whether a text holds a secret of the pipeline. */
  readonly holdsSecret: (text: string) => boolean;
}

const where = 'buildArgs';

/** `KEY=value`, or `KEY` alone for the pipeline variable of that name, one a line. */
export function parseBuildArgs(
  lines: readonly string[],
  sources: BuildArgSources,
): Parsed<readonly BuildArg[]> {
  const results = lines.map((line) => readBuildArg(line, sources));
  const problems = problemsOf(results);
  if (problems.length > 0) return rejected(...problems);
  return parsed(results.flatMap((result) => (result.ok ? [result.value] : [])));
}

function readBuildArg(line: string, sources: BuildArgSources): Parsed<BuildArg> {
  const [, name, assigned] = /^([^=\s]+)(?:=(.*))?$/s.exec(line) ?? [];
  if (name === undefined) return rejected(malformed(line, sources));
  const value = assigned ?? sources.variable(name);
  if (value === undefined) return rejected(missing(name));
  const isSecret = sources.holdsSecret(value);
  if (isSecret && !/^[A-Za-z_]\w*$/.test(name)) return rejected(unfitName(name));
  return parsed({ name, value, isSecret });
}

function malformed(line: string, { holdsSecret }: BuildArgSources): Problem {
  const found = holdsSecret(line) ? 'a line that holds a secret' : `"${line}"`;
  return {
    where,
    what: `Expected KEY=value or KEY, found ${found}.`,
    change: 'Write one build argument a line, without blanks in its name.',
  };
}

function missing(name: string): Problem {
  return {
    where,
    what: `"${name}" stands for the pipeline variable of that name, which is not set.`,
    change: `Define the variable, or write ${name}=value.`,
  };
}

/** A secret value travels in the environment, where names have a grammar of their own. */
function unfitName(name: string): Problem {
  return {
    where,
    what: `"${name}" has a secret value, and its name cannot be an environment variable.`,
    change: 'Use letters, digits and "_", or better the input "secrets".',
  };
}
