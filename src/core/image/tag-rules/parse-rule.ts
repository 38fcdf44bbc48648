import type { Problem } from '../../errors.ts';
import { type Parsed, parsed, rejected } from '../../parsed.ts';
import { undefinedVariable } from '../../task/undefined-variable.ts';
import { templateProblem } from './global-expressions.ts';
import { splitFields } from './rule-fields.ts';
import {
  type RuleKind,
  type RuleType,
  type TagRule,
  commonAttributes,
  isRuleType,
  ruleKinds,
} from './tag-rule.ts';
import { versionNames } from './version-parts.ts';

/** Reads one line of metadata-action's grammar; a line without `type` is a raw tag. */
export function parseRule(line: string): Parsed<TagRule> {
  const undefinedMacro = undefinedVariable('tags', line);
  if (undefinedMacro !== undefined) return rejected(undefinedMacro);
  const given = readAttributes(line);
  const type = given['type'] ?? 'raw';
  if (!isRuleType(type)) return rejected(unknownType(line, type));
  const kind = ruleKinds[type];
  const attributes = { ...defaultsOf(kind, given), ...given };
  const why = ruleProblem(type, attributes);
  if (why !== undefined) return rejected(malformed(line, why));
  const priority = Number(attributes['priority'] ?? kind.priority);
  return parsed({ line, type, priority, attributes });
}

function readAttributes(line: string): Readonly<Record<string, string>> {
  return Object.fromEntries(
    splitFields(line).map((field): readonly [string, string] => {
      const [, name, value = ''] = /^([A-Za-z0-9_-]+)\s*=(.*)$/s.exec(field) ?? [];
      return name === undefined ? ['value', field] : [name.toLowerCase(), value.trim()];
    }),
  );
}

/** Pull requests have a prefix of their own, so that their numbers are not taken for versions. */
function defaultsOf(kind: RuleKind, given: Readonly<Record<string, string>>) {
  return given['event'] === 'pr' ? { ...kind.defaults, prefix: 'pr-' } : kind.defaults;
}

function ruleProblem(
  type: RuleType,
  attributes: Readonly<Record<string, string>>,
): string | undefined {
  const { required, defaults, words } = ruleKinds[type];
  const known = [...commonAttributes, ...required, ...Object.keys(defaults)];
  const odd = Object.keys(attributes).find((name) => !known.includes(name));
  if (odd !== undefined) return `type=${type} has no attribute "${odd}"`;
  const missing = required.find((name) => attributes[name] === undefined);
  if (missing !== undefined) return `type=${type} needs "${missing}"`;
  const problems = Object.entries(attributes).map(([name, value]) =>
    valueProblem(type, name, value, words[name]),
  );
  return problems.find((problem) => problem !== undefined);
}

function valueProblem(
  type: RuleType,
  name: string,
  value: string,
  words: readonly string[] | undefined,
): string | undefined {
  if (words !== undefined && !words.includes(value)) {
    return `"${name}" is one of ${words.join(', ')}, not "${value}"`;
  }
  if (name === 'priority' || name === 'group') {
    return /^\d+$/.test(value) ? undefined : `"${name}" is a number, not "${value}"`;
  }
  if (name === 'match' || (name === 'pattern' && type === 'match')) return regexProblem(value);
  const isVersion = type === 'semver' || type === 'pep440';
  return templateProblem(value, isVersion && name === 'pattern' ? versionNames : []);
}

function regexProblem(pattern: string): string | undefined {
  try {
    toRegex(pattern);
    return undefined;
  } catch {
    return `"${pattern}" is no regular expression`;
  }
}

/** `/pattern/flags`, or the pattern alone. @throws SyntaxError */
export function toRegex(text: string): RegExp {
  const [, pattern, flags] = /^\/(.+)\/([a-z]*)$/.exec(text) ?? [];
  // Without "g", which would drop the groups.
  return pattern === undefined ? new RegExp(text) : new RegExp(pattern, flags?.replace('g', ''));
}

function unknownType(line: string, type: string): Problem {
  return malformed(line, `expected type=${Object.keys(ruleKinds).join(', ')}, found "${type}"`);
}

function malformed(line: string, why: string): Problem {
  return {
    where: 'tags',
    what: `The rule "${line}" cannot be read: ${why}.`,
    change: 'Rules are those of docker/metadata-action, e.g. type=semver,pattern={{version}}.',
  };
}
