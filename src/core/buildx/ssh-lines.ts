import type { Problem } from '../errors.ts';
import { type Parsed, parsed, problemsOf, rejected } from '../parsed.ts';
import { undefinedVariable } from '../task/undefined-variable.ts';
import { givenTwice, missingValue } from './secret-problems.ts';
import { type SecretSource, type ValueSources, readSource } from './value-source.ts';

/**
 * A key for `RUN --mount=type=ssh,id=ID`, or an agent that runs already. buildx serves a key from its own memory,
 * as an agent for this build alone (buildkit, session/sshforward/sshprovider/agentprovider.go).
 */
export interface SshForward {
  readonly id: string;
  /** Where the private key comes from; undefined: the agent of SSH_AUTH_SOCK. */
  readonly key: SecretSource | undefined;
}

const where = 'ssh';

/** `default`, or `id=file:PATH`, `id=secureFile:NAME`, `id=$variable` with a private key, one a line. */
export function parseSsh(
  lines: readonly string[],
  sources: ValueSources,
): Parsed<readonly SshForward[]> {
  const results = lines.map((line) => readLine(line, sources));
  const forwards = results.flatMap((result) => (result.ok ? [result.value] : []));
  const ids = forwards.map(({ id }) => id);
  const problems = [...problemsOf(results), ...givenTwice(where, ids)];
  return problems.length > 0 ? rejected(...problems) : parsed(forwards);
}

function readLine(line: string, sources: ValueSources): Parsed<SshForward> {
  const undefinedMacro = undefinedVariable(where, line);
  if (undefinedMacro !== undefined) return rejected(undefinedMacro);
  if (line === 'default') {
    return sources.environment('SSH_AUTH_SOCK') === undefined
      ? rejected(noAgent)
      : parsed({ id: line, key: undefined });
  }
  const named = readSource(line, sources);
  if (named === undefined) return rejected(malformed);
  const { id, source } = named;
  if (source.kind === 'file') {
    return source.path.includes(',')
      ? rejected(comma(id, source.path))
      : parsed({ id, key: source });
  }
  const { value, from } = source;
  if (value === undefined) return rejected(missingValue(where, id, from));
  const wrong = keyProblem(id, value);
  return wrong === undefined
    ? parsed({ id, key: { kind: 'value', value, from } })
    : rejected(wrong);
}

/** The problem of a text that is no private key without a passphrase; nothing of it is told. */
export function keyProblem(id: string, text: string): Problem | undefined {
  if (!/-----BEGIN [A-Z ]*PRIVATE KEY-----/.test(text)) {
    return {
      where,
      what: `"${id}" is not a private key: it has no line "-----BEGIN … PRIVATE KEY-----".`,
      change: 'Give the private key, not its .pub file, with its line breaks.',
    };
  }
  if (!/^Proc-Type: 4,ENCRYPTED|BEGIN ENCRYPTED PRIVATE KEY/m.test(text)) return undefined;
  return {
    where,
    what: `The key of "${id}" has a passphrase, which nobody can type in a build.`,
    change: 'Make a key without one for builds, with read-only rights.',
  };
}

const noAgent: Problem = {
  where,
  what: '"default" stands for the agent of SSH_AUTH_SOCK, which is not set.',
  change: 'Start an agent before this step, or give a key: default=secureFile:NAME.',
};

/** The line itself may hold the key. */
const malformed: Problem = {
  where,
  what: 'A line is not default, id=secureFile:NAME, id=file:PATH or id=$variable.',
  change: 'Write e.g. default=secureFile:deploy_key.',
};

function comma(id: string, path: string): Problem {
  return {
    where,
    what: `The key of "${id}" has a comma in its path, ${path}, where buildx would cut it.`,
    change: 'Rename the file.',
  };
}
