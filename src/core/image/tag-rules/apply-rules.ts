import type { Problem } from '../../errors.ts';
import type { Flavor } from './flavor.ts';
import { globalScope } from './global-expressions.ts';
import { ruleText } from './rule-text.ts';
import type { TagFacts } from './tag-facts.ts';
import type { TagRule } from './tag-rule.ts';
import { tagText } from './tag-text.ts';
import { renderTemplate } from './template.ts';

/** What became of one rule: its tag, why it made none, or what is wrong with it in this run. */
export type RuleOutcome =
  | {
      readonly kind: 'tag';
      readonly line: string;
      readonly tag: string;
      readonly isLatest: boolean;
    }
  | {
      readonly kind: 'none';
      readonly line: string;
      readonly why: string;
      /** A git tag that is no version, say: worth a warning. */
      readonly isOdd: boolean;
    }
  | { readonly kind: 'problem'; readonly line: string; readonly problem: Problem };

/** The tags of a run. */
export interface RunTags {
  /** Distinct, the most important first, which is the version; may be empty. */
  readonly tags: readonly string[];
  /** Of each rule, in the order of their priority. */
  readonly outcomes: readonly RuleOutcome[];
}

/**
 * Applies all rules: the highest priority first, those of equal priority in the order written. The first one that makes a tag
 * also decides whether `latest` is added, unless the flavor does (docker/metadata-action, "Latest tag").
 */
export function applyRules(rules: readonly TagRule[], flavor: Flavor, facts: TagFacts): RunTags {
  const byPriority = [...rules].sort((one, other) => other.priority - one.priority);
  const outcomes = byPriority.map((rule) => applyRule(rule, flavor, facts));
  const made = outcomes.flatMap((outcome) => (outcome.kind === 'tag' ? [outcome] : []));
  const [first] = made;
  if (first === undefined) return { tags: [], outcomes };
  const isLatest = flavor.latest === 'auto' ? first.isLatest : flavor.latest === 'true';
  const tags = made.map(({ tag }) => tag);
  const all = isLatest ? [...tags, latestTag(flavor, facts)] : tags;
  return { tags: [...new Set(all)], outcomes };
}

/** Rules that were meant to match and did not: a git tag that is no version, say. */
export function ruleWarnings(outcomes: readonly RuleOutcome[]): readonly string[] {
  return outcomes.flatMap((one) =>
    one.kind === 'none' && one.isOdd ? [`tags: no tag from "${one.line}": ${one.why}.`] : [],
  );
}

function applyRule(rule: TagRule, flavor: Flavor, facts: TagFacts): RuleOutcome {
  const { line } = rule;
  const scope = globalScope(facts);
  const isEnabled = renderTemplate(rule.attributes['enable'] ?? 'true', scope).toLowerCase();
  if (isEnabled === 'false') return { kind: 'none', line, why: 'it is not enabled', isOdd: false };
  if (isEnabled !== 'true') return { kind: 'problem', line, problem: notBoolean(line, isEnabled) };
  const made = ruleText(rule, facts);
  if ('why' in made) return { kind: 'none', line, ...made };
  const affix = (name: 'prefix' | 'suffix'): string =>
    renderTemplate(rule.attributes[name] ?? flavor[name], scope);
  const tag = tagText(`${affix('prefix')}${made.text}${affix('suffix')}`);
  if (made.text === '' || tag === '') {
    return { kind: 'none', line, why: 'its value is empty in this run', isOdd: false };
  }
  return { kind: 'tag', line, tag, isLatest: made.isLatest };
}

function latestTag(flavor: Flavor, facts: TagFacts): string {
  const scope = globalScope(facts);
  const prefix = flavor.prefixesLatest ? renderTemplate(flavor.prefix, scope) : '';
  const suffix = flavor.suffixesLatest ? renderTemplate(flavor.suffix, scope) : '';
  return tagText(`${prefix}latest${suffix}`);
}

function notBoolean(line: string, found: string): Problem {
  return {
    where: 'tags',
    what: `"enable" of the rule "${line}" is "${found}", neither true nor false.`,
    change: 'Give it {{is_default_branch}}, or a variable or ${{ }} expression that is a boolean.',
  };
}
