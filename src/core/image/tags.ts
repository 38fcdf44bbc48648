import type { Problem } from '../errors.ts';
import { type Parsed, parsed, problemsOf, rejected } from '../parsed.ts';
import { undefinedVariable } from '../task/undefined-variable.ts';
import { isImageName, isTag, parseReference } from './reference.ts';

/** A line of the inputs `repository` and `tags`, which together name the images. */
export interface ImageNaming {
  readonly repository: readonly string[];
  readonly tags: readonly string[];
}

/** What a build is pushed as: the first is the one that outputs speak of. */
export interface TaggedImage {
  readonly name: string;
  readonly tag: string;
}

export function taggedReference({ name, tag }: TaggedImage): string {
  return `${name}:${tag}`;
}

/** Every repository with every plain tag, then the full references; each once, all problems at once. */
export function imagesOf(naming: ImageNaming): Parsed<readonly TaggedImage[]> {
  const repositories = splitList(naming.repository).map(readRepository);
  const tags = splitList(naming.tags).map(readTag);
  const problems = [...problemsOf([...repositories, ...tags])];
  if (problems.length > 0) return rejected(...problems);
  const names = valuesOf(repositories);
  const plain = valuesOf(tags).flatMap((tag) => (typeof tag === 'string' ? [tag] : []));
  const full = valuesOf(tags).flatMap((tag) => (typeof tag === 'string' ? [] : [tag]));
  if (names.length > 0 && plain.length === 0) return rejected(repositoryWithoutTag);
  const crossed = names.flatMap((name) => plain.map((tag) => ({ name, tag })));
  return parsed(distinct([...crossed, ...full]));
}

const repositoryWithoutTag: Problem = {
  where: 'repository',
  what: 'It is given, but "tags" holds no plain tag to go with it.',
  change: 'Add a plain tag, e.g. $(Build.BuildId), or remove "repository".',
};

/** Commas may stand for line breaks, except in metadata rules, which have commas of their own. */
function splitList(lines: readonly string[]): readonly string[] {
  return lines
    .flatMap((line) => (isRule(line) ? [line] : line.split(',')))
    .map((word) => word.trim())
    .filter((word) => word !== '');
}

function isRule(line: string): boolean {
  return line.startsWith('type=');
}

function readRepository(text: string): Parsed<string> {
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

function readTag(text: string): Parsed<string | TaggedImage> {
  if (isTag(text)) return parsed(text);
  const reference = parseReference(text);
  if (reference?.tag !== undefined && reference.digest === undefined) {
    return parsed({ name: reference.name, tag: reference.tag });
  }
  if (isRule(text)) return rejected(ruleProblem(text));
  return rejected(undefinedVariable('tags', text) ?? tagProblem(text));
}

function ruleProblem(text: string): Problem {
  return {
    where: 'tags',
    what: `Rules like "${text}" are not read by this version.`,
    change: 'Write the tag itself, e.g. $(Build.BuildId) or $(Build.SourceBranchName).',
  };
}

function tagProblem(text: string): Problem {
  return {
    where: 'tags',
    what: `Expected a tag (letters, digits, "_", "." and "-", at most 128) or registry/name:tag, found "${text}".`,
    change:
      cureOf(text, 'Replace "/" by "-"; a full reference needs its tag, as in a.io/b:1.2.') ??
      'Replace the other characters, e.g. "/" by "-".',
  };
}

function cureOf(text: string, ofName: string): string | undefined {
  if (/^https?:/.test(text)) return 'Remove the https:// in front.';
  if (parseReference(text.toLowerCase()) === undefined) return undefined;
  return /[A-Z]/.test(text) ? 'Write image names in lower case.' : ofName;
}

function valuesOf<T>(results: readonly Parsed<T>[]): readonly T[] {
  return results.flatMap((result) => (result.ok ? [result.value] : []));
}

function distinct(images: readonly TaggedImage[]): readonly TaggedImage[] {
  const byReference = new Map(images.map((image) => [taggedReference(image), image]));
  return [...byReference.values()];
}
