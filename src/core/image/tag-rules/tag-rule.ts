/** The kinds of docker/metadata-action's grammar (its README, "tags input"). */
export type RuleType = 'schedule' | 'semver' | 'pep440' | 'match' | 'edge' | 'ref' | 'raw' | 'sha';

/** One line of `tags`, with the defaults of its kind filled in. */
export interface TagRule {
  /** As the user wrote it. */
  readonly line: string;
  readonly type: RuleType;
  /** Of the rules that make a tag, the one with the highest comes first. */
  readonly priority: number;
  /** By lower-case name; `prefix` and `suffix` are absent where the flavor's apply. */
  readonly attributes: Readonly<Record<string, string>>;
}

/** What one kind of rule takes beside the attributes that all have. */
export interface RuleKind {
  readonly priority: number;
  readonly required: readonly string[];
  readonly defaults: Readonly<Record<string, string>>;
  /** The words an attribute may be. */
  readonly words: Readonly<Record<string, readonly string[]>>;
}

export const commonAttributes = ['type', 'enable', 'priority', 'prefix', 'suffix'];

export const ruleKinds: Readonly<Record<RuleType, RuleKind>> = {
  schedule: kind(1000, { defaults: { pattern: 'nightly' } }),
  semver: kind(900, { required: ['pattern'], defaults: { value: '', match: '' } }),
  pep440: kind(900, { required: ['pattern'], defaults: { value: '', match: '' } }),
  match: kind(800, { required: ['pattern'], defaults: { value: '', group: '0' } }),
  edge: kind(700, { defaults: { branch: '' } }),
  ref: kind(600, { required: ['event'], words: { event: ['branch', 'tag', 'pr'] } }),
  raw: kind(200, { required: ['value'] }),
  sha: kind(100, {
    defaults: { prefix: 'sha-', format: 'short' },
    words: { format: ['short', 'long'] },
  }),
};

export function isRuleType(text: string): text is RuleType {
  return Object.hasOwn(ruleKinds, text);
}

/** A plain tag is the shortest form of a raw rule. */
export function plainRule(tag: string): TagRule {
  return { line: tag, type: 'raw', priority: ruleKinds.raw.priority, attributes: { value: tag } };
}

export function attribute({ attributes }: TagRule, name: string): string {
  return attributes[name] ?? '';
}

function kind(priority: number, change: Partial<RuleKind>): RuleKind {
  return { priority, required: [], defaults: {}, words: {}, ...change };
}
