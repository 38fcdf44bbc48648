import { globalScope, isDefaultBranch, shortSha, withoutPrefix } from './global-expressions.ts';
import { toRegex } from './parse-rule.ts';
import type { TagFacts } from './tag-facts.ts';
import { type RuleType, type TagRule, attribute } from './tag-rule.ts';
import { renderTemplate } from './template.ts';
import { type VersionParts, pep440Parts, semverParts } from './version-parts.ts';

/** The text that a rule makes of a run, before prefix, suffix and sanitising; or why it makes none. */
export type RuleText =
  | { readonly text: string; /** Asks for `latest` as well. */ readonly isLatest: boolean }
  | { readonly why: string; /** The user meant it to match. */ readonly isOdd: boolean };

type Maker = (rule: TagRule, facts: TagFacts) => RuleText;

const makers: Readonly<Record<RuleType, Maker>> = {
  schedule: (rule, facts) =>
    facts.isScheduled ? plain(rendered(rule, 'pattern', facts)) : none('the run is not scheduled'),
  semver: (rule, facts) => versionText(rule, facts, semverParts, 'no semantic version'),
  pep440: (rule, facts) => versionText(rule, facts, pep440Parts, 'no version by PEP 440'),
  match: matchText,
  edge: edgeText,
  ref: refText,
  raw: (rule, facts) => plain(rendered(rule, 'value', facts)),
  sha: (rule, facts) => {
    if (facts.sha === '') return none('the run knows no commit');
    return plain(attribute(rule, 'format') === 'long' ? facts.sha : shortSha(facts));
  },
};

export function ruleText(rule: TagRule, facts: TagFacts): RuleText {
  return makers[rule.type](rule, facts);
}

const noGitTag = none('the run is not of a git tag');

function versionText(
  rule: TagRule,
  facts: TagFacts,
  read: (raw: string) => VersionParts | undefined,
  otherwise: string,
): RuleText {
  const given = givenOrTag(rule, facts);
  if (given === '') return noGitTag;
  const raw = matched(given, attribute(rule, 'match')).replaceAll('/', '-');
  const parts = read(raw);
  if (parts === undefined) return odd(`"${raw}" is ${otherwise}`);
  const pattern = attribute(rule, 'pattern');
  // Unstable versions move, so that they get their whole number only, never "1.2".
  const isWhole = /^\{\{\{?\s*raw\s*\}?\}\}$/.test(pattern) || !parts.isUnstable;
  const scope = Object.fromEntries(
    Object.entries(parts).map(([name, value]) => [name, () => String(value)]),
  );
  const shown = isWhole ? pattern : '{{version}}';
  const text = renderTemplate(shown, { ...globalScope(facts), ...scope });
  return { text, isLatest: !parts.isUnstable };
}

/** What the expression captures, or all that it matches; the text itself where it does not. */
function matched(text: string, pattern: string): string {
  const found = pattern === '' ? null : toRegex(pattern).exec(text);
  return found?.[1] ?? found?.[0] ?? text;
}

function matchText(rule: TagRule, facts: TagFacts): RuleText {
  const given = givenOrTag(rule, facts);
  if (given === '') return noGitTag;
  const pattern = attribute(rule, 'pattern');
  const found = toRegex(pattern).exec(given);
  if (found === null) return odd(`"${given}" does not match ${pattern}`);
  const group = attribute(rule, 'group');
  const text = found[Number(group)];
  if (text === undefined) return odd(`${pattern} has no group ${group} in "${given}"`);
  return { text, isLatest: true };
}

function edgeText(rule: TagRule, facts: TagFacts): RuleText {
  const branch = rendered(rule, 'branch', facts);
  const isEdge = branch === '' ? isDefaultBranch(facts) : facts.ref === `refs/heads/${branch}`;
  if (isEdge) return plain('edge');
  return none(`the run is not of the branch ${branch || (facts.defaultBranch ?? '(unknown)')}`);
}

function refText(rule: TagRule, { ref }: TagFacts): RuleText {
  const event = attribute(rule, 'event');
  if (event === 'branch') {
    const branch = withoutPrefix(ref, 'refs/heads/');
    return branch === '' ? none('the run is not of a branch') : plain(branch);
  }
  if (event === 'tag') {
    const tag = withoutPrefix(ref, 'refs/tags/');
    return tag === '' ? noGitTag : { text: tag, isLatest: true };
  }
  const request = withoutPrefix(ref, 'refs/pull/').replace(/\/(merge|head)$/, '');
  return request === '' ? none('the run is not of a pull request') : plain(request);
}

function givenOrTag(rule: TagRule, facts: TagFacts): string {
  const given = rendered(rule, 'value', facts);
  return given === '' ? withoutPrefix(facts.ref, 'refs/tags/') : given;
}

function rendered(rule: TagRule, name: string, facts: TagFacts): string {
  return renderTemplate(attribute(rule, name), globalScope(facts));
}

function plain(text: string): RuleText {
  return { text, isLatest: false };
}

function none(why: string): RuleText {
  return { why, isOdd: false };
}

function odd(why: string): RuleText {
  return { why, isOdd: true };
}
