import { createHash } from 'node:crypto';
import type { Manifest } from '../../src/core/prune/manifest.ts';
import { readRules } from '../../src/core/prune/read-rules.ts';
import type { Policy } from '../../src/core/prune/policy.ts';
import { readExpression } from '../../src/core/prune/patterns.ts';
import type { RepositoryState } from '../../src/core/prune/repository-state.ts';
import type { Rule } from '../../src/core/prune/rule.ts';

export const day = 86_400_000;
export const now = Date.parse('2026-06-01T00:00:00Z');

/** A digest that is made of a name. */
export function digestOf(name: string): string {
  return `sha256:${createHash('sha256').update(name).digest('hex')}`;
}

/** An image of one platform, with a blob of its own. */
export function manifest(name: string, more: Partial<Manifest> = {}): Manifest {
  return {
    ...{ digest: digestOf(name), kind: 'image', size: 1, children: [], subject: undefined },
    ...{ blobs: [{ digest: digestOf(`${name} layer`), size: 10 }], config: undefined },
    ...{ annotations: {}, ...more },
  };
}

export function index(name: string, ...children: readonly string[]): Manifest {
  return manifest(name, { kind: 'index', blobs: [], children: children.map(digestOf) });
}

interface Given {
  /** Name of the manifest by tag. */
  readonly tags: Readonly<Record<string, string>>;
  /** Tagged images that are not among them are images of one platform. */
  readonly manifests?: readonly Manifest[];
  /** Age in days by name of the manifest. */
  readonly days?: Readonly<Record<string, number>>;
  readonly others?: readonly string[];
}

export function stateOf({ tags, manifests = [], days = {}, others = [] }: Given): RepositoryState {
  const simple = Object.values(tags).map((name) => manifest(name));
  const age = ([name, age]: readonly [string, number]) =>
    [digestOf(name), { at: now - age * day, source: 'config' }] as const;
  return {
    name: 'shop/orders',
    tags: new Map(Object.entries(tags).map(([tag, name]) => [tag, digestOf(name)])),
    manifests: new Map([...simple, ...manifests].map((one) => [one.digest, one])),
    made: new Map(Object.entries(days).map(age)),
    others: new Set(others.map(digestOf)),
  };
}

export function rulesOf(text: string): readonly Rule[] {
  const read = readRules(text);
  if (!read.ok) throw new Error(JSON.stringify(read.problems));
  return read.value;
}

/** @param rules YAML */
export function policyOf(
  rules: string,
  more: { readonly tags?: readonly string[]; readonly images?: Policy['protectedImages'] } = {},
): Policy {
  const { tags = [], images = { tags: new Set(), digests: new Map() } } = more;
  const expressions = tags.map((text) => readExpression('protectedTags', text));
  const protectedTags = expressions.flatMap((read) => (read.ok ? [read.value] : []));
  return { rules: rulesOf(rules), protectedTags, protectedImages: images, now };
}
