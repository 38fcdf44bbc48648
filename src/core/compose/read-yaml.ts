import { type Event, YAMLException, parseEvents } from 'js-yaml';
import type { Problem } from '../errors.ts';
import type { ComposeNode, Path, Place } from './node.ts';
import { YamlConverter } from './yaml-converter.ts';
import { YamlFault } from './yaml-fault.ts';
import { syntaxErrors } from './yaml-syntax.ts';

/** A text file that belongs to the project. */
export interface SourceFile {
  /** Absolute. */
  readonly path: string;
  /** As it is shown, e.g. relative to the sources folder. */
  readonly label: string;
  readonly text: string;
}

/** One document of a compose file: its data, and where `!reset` and `!override` stand. */
export interface YamlModel {
  readonly root: ComposeNode;
  readonly resets: readonly Path[];
}

export interface YamlFile {
  readonly models: readonly YamlModel[];
  readonly problems: readonly Problem[];
}

/** Deeper data is a mistake or an attack. */
const maxDepth = 200;

/** Reads a compose file's YAML; every syntax error at once. */
export function readYaml(file: SourceFile): YamlFile {
  try {
    const documents = new YamlConverter(file.text, eventsOf(file), file).documents();
    return { models: documents.map(({ node, resets }) => ({ root: node, resets })), problems: [] };
  } catch (error) {
    if (!(error instanceof YamlFault)) throw error;
    const problems = syntaxProblems(file);
    return {
      models: [],
      problems: problems.length > 0 ? problems : [problemAt(error.place, error.problem)],
    };
  }
}

function syntaxProblems({ path, label, text }: SourceFile): readonly Problem[] {
  return syntaxErrors(text).map(({ line, what }) =>
    problemAt({ path, label, line }, { what, change: 'Mend the YAML.' }),
  );
}

function eventsOf({ path, label, text }: SourceFile): readonly Event[] {
  try {
    return parseEvents(text, { maxDepth });
  } catch (error) {
    if (!(error instanceof YAMLException)) throw error;
    const place = { path, label, line: (error.mark?.line ?? 0) + 1 };
    throw new YamlFault(place, inWords(error.reason), 'Mend the YAML.');
  }
}

function inWords(reason: string): string {
  if (/non-printable|JSON character|null byte/.test(reason)) {
    return 'Here stands a control character, which YAML does not take.';
  }
  if (reason.startsWith('nesting exceeded'))
    return `The data is more than ${maxDepth} levels deep.`;
  return `${reason.charAt(0).toUpperCase()}${reason.slice(1)}.`;
}

/** A problem at a place of a file. */
export function problemAt(
  { path, label, line }: Place,
  { what, change }: Pick<Problem, 'what' | 'change'>,
): Problem {
  return { where: `${label}:${line}`, what, change, place: { path, line } };
}
