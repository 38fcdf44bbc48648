import type { Problem } from '../errors.ts';
import { parseReference } from '../image/reference.ts';
import { type TaggedImage, taggedReference } from '../image/tags.ts';
import { type Parsed, parsed, problemsOf, rejected } from '../parsed.ts';
import { type Platform, parsePlatforms } from '../platform/platform.ts';
import type { BakeDefinition, TargetDefinition } from './bake-definition.ts';
import { withPlatforms } from './platforms-of-users.ts';

/** A target that was asked for, with what becomes of it. */
export interface BakedTarget {
  readonly name: string;
  readonly definition: TargetDefinition;
  readonly references: readonly TaggedImage[];
  /** Pushed where the step pushes: a target without tags has nowhere to go. */
  readonly isPushed: boolean;
  /** None: the builder's own. */
  readonly platforms: readonly Platform[];
}

/** What a bake builds. */
export interface Bake {
  /** At least one, as they were asked for, else by name; outputs speak of the first. */
  readonly targets: readonly BakedTarget[];
  /** What the targets are made from, by name. */
  readonly linked: Readonly<Record<string, TargetDefinition>>;
}

interface Wanted {
  readonly isPushed: boolean;
  /** In place of the file's own; none: those. */
  readonly platforms: readonly Platform[];
}

const where = 'bakeFile';

/** Reads names and platforms of all targets; every problem at once. */
export function bakedTargets(
  { requested, definitions: given }: BakeDefinition,
  wanted: Wanted,
): Parsed<Bake> {
  const definitions = withPlatforms(given, wanted.platforms);
  const results = requested.flatMap((name) => {
    const definition = definitions[name];
    return definition === undefined ? [] : [readTarget(name, definition, wanted)];
  });
  const targets = results.flatMap((result) => (result.ok ? [result.value] : []));
  const problems = [...problemsOf(results), ...nothingToDo(targets, results, wanted)];
  problems.push(...sharedTags(targets));
  if (problems.length > 0) return rejected(...problems);
  const others = Object.entries(definitions).filter(([name]) => !requested.includes(name));
  return parsed({ targets, linked: Object.fromEntries(others) });
}

/** All images of a bake, each once. */
export function referencesOf({ targets }: Bake): readonly TaggedImage[] {
  return targets.flatMap(({ references }) => references);
}

/** Of all targets by name; those that others are made from come last. */
export function definitionsOf({
  targets,
  linked,
}: Bake): readonly (readonly [string, TargetDefinition])[] {
  const own = targets.map(({ name, definition }) => [name, definition] as const);
  return [...own, ...Object.entries(linked)];
}

/** Platforms of all targets, each once; none where no target names one. */
export function platformsOfBake({ targets }: Bake): readonly Platform[] {
  const all = targets.flatMap(({ platforms }) => platforms);
  return all.filter((one, at) => all.findIndex((other) => same(one, other)) === at);
}

function same(one: Platform, other: Platform): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

function readTarget(
  name: string,
  definition: TargetDefinition,
  wanted: Wanted,
): Parsed<BakedTarget> {
  const tags = (definition.tags ?? []).map((tag) => readTag(name, tag));
  const own = parsePlatforms(where, (definition.platforms ?? []).join(','));
  const problems = problemsOf([...tags, own]);
  if (!own.ok || problems.length > 0) return rejected(...problems);
  const references = tags.flatMap((tag) => (tag.ok ? [tag.value] : []));
  const isPushed = wanted.isPushed && references.length > 0;
  return parsed({ name, definition, references, isPushed, platforms: own.value });
}

function readTag(target: string, text: string): Parsed<TaggedImage> {
  const reference = parseReference(text);
  if (reference !== undefined && reference.digest === undefined) {
    return parsed({ name: reference.name, tag: reference.tag ?? 'latest' });
  }
  return rejected({
    where,
    what: `Target "${target}" has the tag "${text}", which is no image reference.`,
    change: 'Write registry/name:tag in lower case; check the variables of the bake file.',
  });
}

function nothingToDo(
  targets: readonly BakedTarget[],
  results: readonly unknown[],
  { isPushed }: Wanted,
): readonly Problem[] {
  if (results.length === 0) {
    const what = 'The bake file has no target to build.';
    return [{ where, what, change: 'Name targets in "bakeTargets", or add a group "default".' }];
  }
  const isAimless = isPushed && targets.length === results.length;
  // One that names an output of its own, be it `type=cacheonly`, says what shall come of it.
  const hasAim = ({ isPushed: own, definition }: BakedTarget): boolean =>
    own || (definition.output ?? []).length > 0;
  if (!isAimless || targets.some(hasAim)) return [];
  const names = targets.map(({ name }) => name).join(', ');
  const what = `None of the targets ${names} has "tags", so there is nowhere to push.`;
  return [{ where, what, change: 'Add tags or an output to the targets, or set "push" to false.' }];
}

/** The later push would take the tag from the earlier one. */
function sharedTags(targets: readonly BakedTarget[]): readonly Problem[] {
  const owners = new Map<string, string>();
  return targets.flatMap(({ name, references }) =>
    [...new Set(references.map(taggedReference))].flatMap((tag) => {
      const owner = owners.get(tag);
      owners.set(tag, owner ?? name);
      if (owner === undefined) return [];
      const what = `The targets "${owner}" and "${name}" have the same tag, ${tag}.`;
      return [{ where, what, change: 'Give each target tags of its own.' }];
    }),
  );
}
