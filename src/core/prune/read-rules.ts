import * as v from 'valibot';
import { readDuration } from '../compose/duration.ts';
import { type ComposeNode, type Path, type Place, placeAt, plain } from '../compose/node.ts';
import { readYaml } from '../compose/read-yaml.ts';
import { type Reading, fault, kindOf, readBy, splitMessage } from '../compose/reading.ts';
import type { Problem } from '../errors.ts';
import { allOf, parsed, rejected, type Parsed } from '../parsed.ts';
import { readSelection } from './patterns.ts';
import type { Rule } from './rule.ts';

const where = 'rules';
const change = 'Write e.g. - { tags: pr-*, deleteOlderThan: 7d }.';

const names = readBy((input): Reading<readonly string[]> => {
  const list: readonly unknown[] = Array.isArray(input) ? input : [input];
  const texts = list.filter((one): one is string => typeof one === 'string');
  if (texts.length === list.length && texts.length > 0) return { value: texts };
  return fault(
    `expected a pattern or a list of them, found ${kindOf(input)}.`,
    'Write e.g. pr-*; a number needs quotes.',
  );
});

/** A number alone could mean days as well as seconds. */
const age = readBy((input): Reading<number> => {
  const read = readDuration(input);
  if ('value' in read && read.value > 0) return read;
  return fault(
    `expected a time with a unit, found ${kindOf(input)}.`,
    'Write it like 14d or 168h.',
  );
});

const count = readBy((input): Reading<number> => {
  if (typeof input === 'number' && Number.isInteger(input) && input >= 0) return { value: input };
  return fault(`expected a whole number, found ${kindOf(input)}.`, 'Write e.g. 10.');
});

const kind = readBy((input): Reading<'image' | 'cache'> => {
  if (input === 'image' || input === 'cache') return { value: input };
  return fault(`expected image or cache, found ${kindOf(input)}.`, 'Write one of them.');
});

const keep = readBy((input): Reading<boolean> => {
  if (typeof input === 'boolean') return { value: input };
  return fault(`expected true or false, found ${kindOf(input)}.`, 'Write one of them.');
});

const entries = {
  ...{ repositories: v.optional(names), tags: v.optional(names), kind: v.optional(kind) },
  ...{ keep: v.optional(keep), keepLast: v.optional(count) },
  ...{ keepYoungerThan: v.optional(age), deleteOlderThan: v.optional(age) },
};
const keys = Object.keys(entries);
const schema = v.strictObject(entries);
type Given = v.InferOutput<typeof schema>;

/** The rules of the input, or every problem of them with its line. @param text YAML */
export function readRules(text: string): Parsed<readonly Rule[]> {
  const { models, problems } = readYaml({ path: '', label: where, text });
  if (problems.length > 0) return rejected(...problems.map(withoutPlace));
  const root = models[0]?.root;
  if (models.length > 1 || root?.kind !== 'list' || root.items.length === 0) {
    const found = root === undefined ? 'nothing' : kindOf(plain(root));
    return rejected({ where, what: `Expected a list of rules, found ${found}.`, change });
  }
  const results = root.items.map((item, at) => readRule(item, at + 1));
  const wrong = results.flatMap((result) => (result.ok ? [] : result.problems));
  if (wrong.length > 0) return rejected(...wrong);
  return parsed(results.flatMap((result) => (result.ok ? [result.value] : [])));
}

/** The text is an input's, not a file's that the agent could show. */
function withoutPlace({ where: at, what, change: cure }: Problem): Problem {
  return { ...(at === undefined ? {} : { where: at }), what, change: cure };
}

function readRule(node: ComposeNode, number: number): Parsed<Rule> {
  const result = v.safeParse(schema, plain(node));
  if (!result.success) return rejected(...result.issues.map((issue) => ofIssue(issue, node)));
  const given = result.output;
  const at = lineOf(node.place);
  const contradiction = contradictionIn(given);
  if (contradiction !== undefined) return rejected({ where: at, ...contradiction });
  const lineOfKey = (key: string): string => lineOf(placeAt(node, [key]));
  const selections = allOf<Pick<Rule, 'repositories' | 'tags'>>({
    repositories: readSelection(lineOfKey('repositories'), given.repositories ?? []),
    tags: readSelection(lineOfKey('tags'), given.tags ?? []),
  });
  if (!selections.ok) return selections;
  const { keepLast, keepYoungerThan, deleteOlderThan } = given;
  return parsed({
    ...{ number, ...selections.value, kind: given.kind, keep: given.keep ?? false },
    ...{ keepLast, keepYoungerThan, deleteOlderThan },
  });
}

function lineOf({ line }: Place): string {
  return `${where}:${line}`;
}

function ofIssue(issue: v.BaseIssue<unknown>, node: ComposeNode): Problem {
  const path: Path = (issue.path ?? []).map((part) => String(part.key));
  const [key = ''] = path;
  const at = lineOf(placeAt(node, path));
  const own = splitMessage(issue.message);
  if (own !== undefined) return { where: at, what: `${key} ${own.what}`, change: own.change };
  if (key === '')
    return { where: at, what: `Expected a rule, found ${kindOf(plain(node))}.`, change };
  const what = `A rule has no "${key}".`;
  return { where: at, what, change: `It has ${keys.join(', ')}.` };
}

function contradictionIn(given: Given): Pick<Problem, 'what' | 'change'> | undefined {
  const { keepLast, keepYoungerThan, deleteOlderThan } = given;
  const isBounded = [keepLast, keepYoungerThan, deleteOlderThan].some((one) => one !== undefined);
  if (given.keep !== true && !isBounded) {
    const what = 'This rule does not say what may go.';
    const cure = 'Give it keepLast, keepYoungerThan or deleteOlderThan; keep: true keeps all.';
    return { what, change: cure };
  }
  if (given.keep === true && isBounded) {
    const what = 'This rule keeps all, and says besides what may go.';
    return { what, change: 'Remove keep, or the other.' };
  }
  return undefined;
}
