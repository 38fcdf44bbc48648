import type { Problem } from '../errors.ts';
import { type Parsed, parsed, rejected } from '../parsed.ts';
import { undefinedVariable } from '../task/undefined-variable.ts';
import { isImageName, isTag, parseReference } from './reference.ts';
import { parseRule } from './tag-rules/parse-rule.ts';
import { isRule } from './tag-rules/rule-fields.ts';
import { type TagRule, plainRule } from './tag-rules/tag-rule.ts';
import type { TaggedImage } from './tags.ts';

/** Commas may stand for line breaks, except in rules, which have commas of their own. A line with `#` in front is a comment. */
export function splitList(lines: readonly string[]): readonly string[] {
  return lines
    .filter((line) => !line.startsWith('#'))
    .flatMap((line) => (isRule(line) ? [line] : line.split(',')))
    .map((word) => word.trim())
    .filter((word) => word !== '');
}

export function readRepository(text: string): Parsed<string> {
  if (isImageName(text)) return parsed(text);
  const malformed = {
    where: 'repository',
    what: `Expected registry/name, found "${text}".`,
    change:
      cureOf(text, 'Move the tag to "tags".') ??
      'Write e.g. my.azurecr.io/shop/orders, without a tag.',
  };
  return rejected(undefinedVariable('repository', text) ?? malformed);
}

/** A rule, a plain tag as the rule that it is short for, or a full reference. */
export function readTagLine(text: string): Parsed<TagRule | TaggedImage> {
  if (isRule(text)) return parseRule(text);
  if (isTag(text)) return parsed(plainRule(text));
  const reference = parseReference(text);
  if (reference?.tag !== undefined && reference.digest === undefined) {
    return parsed({ name: reference.name, tag: reference.tag });
  }
  return rejected(undefinedVariable('tags', text) ?? tagProblem(text));
}

function tagProblem(text: string): Problem {
  return {
    where: 'tags',
    what: `Expected a tag (letters, digits, "_", "." and "-", at most 128) or registry/name:tag, found "${text}".`,
    change:
      cureOf(
        text,
        `Write type=raw,value=${text} to have it made a tag; a full reference needs its tag, as in a.io/b:1.2.`,
      ) ?? `Write type=raw,value=${text} to have the other characters replaced by "-".`,
  };
}

function cureOf(text: string, ofName: string): string | undefined {
  if (/^https?:/.test(text)) return 'Remove the https:// in front.';
  if (parseReference(text.toLowerCase()) === undefined) return undefined;
  return /[A-Z]/.test(text) ? 'Write image names in lower case.' : ofName;
}
