import type { Problem } from '../errors.ts';
import { type Cast, casts } from './casts.ts';
import { type Variables, interpolate } from './interpolate.ts';
import { type ComposeNode, type Path, type ScalarNode, mapChildren, scalar } from './node.ts';
import type { PathRules } from './path-rules.ts';
import { problemAt } from './read-yaml.ts';

export interface Interpolated {
  readonly root: ComposeNode;
  readonly problems: readonly Problem[];
  /** Names that were neither set nor given a default. */
  readonly unset: readonly string[];
}

/** Fills the variables into every value (not into keys), and gives numbers and booleans their type back. */
export function interpolateModel(root: ComposeNode, variables: Variables): Interpolated {
  const problems: Problem[] = [];
  const unset: string[] = [];
  const path: string[] = [];
  const visit = (node: ComposeNode, rules?: PathRules<Cast>): ComposeNode => {
    if (node.kind === 'scalar') return filled(node, rules?.rule);
    return mapChildren(node, (child, key) => {
      path.push(key);
      const made = visit(child, rules?.below(key));
      path.pop();
      return made;
    });
  };
  const filled = (node: ScalarNode, cast?: Cast): ScalarNode => {
    if (typeof node.value !== 'string') return node;
    const result = interpolate(node.value, variables);
    if (!result.ok) {
      problems.push(notFilled(node, path, result.reason));
      return node;
    }
    unset.push(...result.unset);
    return typed(node, cast, { text: result.text, path, problems });
  };
  return { root: visit(root, casts), problems, unset };
}

interface Filled {
  readonly text: string;
  readonly path: Path;
  readonly problems: Problem[];
}

function typed(
  node: ScalarNode,
  cast: Cast | undefined,
  { text, path, problems }: Filled,
): ScalarNode {
  if (cast === undefined) return text === node.value ? node : scalar(text, node.place);
  const value = cast.read(text);
  if (value !== undefined) return scalar(value, node.place);
  const what = `${path.join('.')} expected ${cast.expected}, found ${JSON.stringify(text)}.`;
  problems.push(problemAt(node.place, { what, change: 'Mend the value.' }));
  return node;
}

function notFilled(node: ScalarNode, path: Path, reason: string): Problem {
  const change = reason.startsWith('needs')
    ? 'Set it by the input "environment", or as a pipeline variable.'
    : 'Write ${NAME}, ${NAME:-default}, ${NAME:?message} or ${NAME:+other}; a plain dollar is $$.';
  return problemAt(node.place, { what: `${path.join('.')} ${reason}.`, change });
}
