import type { Problem } from '../errors.ts';
import { type Parsed, parsed, problemsOf, rejected } from '../parsed.ts';
import { readRepository, readTagLine, splitList } from './naming-lines.ts';
import { type RuleOutcome, applyRules } from './tag-rules/apply-rules.ts';
import { parseFlavor } from './tag-rules/flavor.ts';
import type { TagFacts } from './tag-rules/tag-facts.ts';
import { type TaggedImage, taggedReference } from './tags.ts';

/** The lines of the inputs that together name the images. */
export interface ImageNaming {
  readonly repository: readonly string[];
  readonly tags: readonly string[];
  readonly flavor: readonly string[];
}

/** What a build is pushed as, and how that came. */
export interface NamedImages {
  /** Every repository with every tag, then the full references; each once. */
  readonly images: readonly TaggedImage[];
  /** The first tag; undefined when there is none. */
  readonly version: string | undefined;
  readonly outcomes: readonly RuleOutcome[];
}

/** Reads plain tags, rules and full references; all problems at once. */
export function imagesOf(naming: ImageNaming, facts: TagFacts): Parsed<NamedImages> {
  const repositories = splitList(naming.repository).map(readRepository);
  const lines = splitList(naming.tags).map(readTagLine);
  const flavor = parseFlavor(naming.flavor);
  const problems = problemsOf([...repositories, ...lines, flavor]);
  if (problems.length > 0 || !flavor.ok) return rejected(...problems);
  const rules = valuesOf(lines).flatMap((line) => ('type' in line ? [line] : []));
  const full = valuesOf(lines).flatMap((line) => ('type' in line ? [] : [line]));
  const { tags, outcomes } = applyRules(rules, flavor.value, facts);
  const names = valuesOf(repositories);
  const inRun = outcomes.flatMap((one) => (one.kind === 'problem' ? [one.problem] : []));
  const untagged = names.length > 0 && tags.length === 0 ? [withoutTag(outcomes)] : [];
  if (inRun.length + untagged.length > 0) return rejected(...inRun, ...untagged);
  const images = distinct([
    ...names.flatMap((name) => tags.map((tag) => ({ name, tag }))),
    ...full,
  ]);
  return parsed({ images, version: tags[0] ?? full[0]?.tag, outcomes });
}

function withoutTag(outcomes: readonly RuleOutcome[]): Problem {
  const reasons = outcomes.flatMap((one) =>
    one.kind === 'none' ? [`"${one.line}": ${one.why}`] : [],
  );
  if (reasons.length === 0) {
    return {
      where: 'repository',
      what: 'It is given, but "tags" holds no plain tag to go with it.',
      change: 'Add a plain tag, e.g. $(Build.BuildId), or remove "repository".',
    };
  }
  return {
    where: 'tags',
    what: `No rule makes a tag in this run (${reasons.join('; ')}).`,
    change: 'Add one that always does, e.g. type=sha or type=ref,event=branch.',
  };
}

function valuesOf<T>(results: readonly Parsed<T>[]): readonly T[] {
  return results.flatMap((result) => (result.ok ? [result.value] : []));
}

function distinct(images: readonly TaggedImage[]): readonly TaggedImage[] {
  const byReference = new Map(images.map((image) => [taggedReference(image), image]));
  return [...byReference.values()];
}
