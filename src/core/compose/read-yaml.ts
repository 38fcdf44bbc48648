import { LineCounter, parseAllDocuments } from 'yaml';
import type { Problem } from '../errors.ts';
import type { ComposeNode, Path, Place } from './node.ts';
import { YamlConverter } from './yaml-converter.ts';
import { YamlFault } from './yaml-fault.ts';

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

/** Reads a compose file's YAML; every syntax error at once. */
export function readYaml(file: SourceFile): YamlFile {
  const lines = new LineCounter();
  const documents = parseAllDocuments(file.text, {
    schema: 'failsafe',
    lineCounter: lines,
    prettyErrors: false,
    logLevel: 'silent',
  });
  const read = 'empty' in documents ? [] : documents;
  const problems = read.flatMap(({ errors }) =>
    errors.map((error) =>
      problemAt(
        { path: file.path, label: file.label, line: lines.linePos(error.pos[0]).line },
        { what: `${plainWords(error.code, error.message)}.`, change: 'Mend the YAML.' },
      ),
    ),
  );
  if (problems.length > 0) return { models: [], problems };
  try {
    const convert = new YamlConverter(file, lines);
    const models = read.flatMap((document) => {
      return document.contents === null && read.length > 1 ? [] : [convert.document(document)];
    });
    return { models, problems: [] };
  } catch (error) {
    if (!(error instanceof YamlFault)) throw error;
    return { models: [], problems: [problemAt(error.place, error.problem)] };
  }
}

function plainWords(code: string, message: string): string {
  if (code === 'DUPLICATE_KEY') return 'The same key stands here a second time';
  return message.replace(/\.$/, '').replace(/ at line \d+, column \d+:?[\s\S]*$/, '');
}

/** A problem at a place of a file. */
export function problemAt(
  { path, label, line }: Place,
  { what, change }: Pick<Problem, 'what' | 'change'>,
): Problem {
  return { where: `${label}:${line}`, what, change, place: { path, line } };
}
