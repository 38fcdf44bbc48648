import { type Scalar, isPair, isScalar, isSeq, visit } from 'yaml';
import type { Problem } from '../errors.ts';
import { type ComposeDocument, problemAt } from './compose-document.ts';
import { type Variables, interpolate } from './interpolate.ts';

/**
 * Fills the variables into every value of the document (not into keys), in place.
 * Returns what could not be filled, and the names that were neither set nor given a default.
 */
export function fillVariables(
  document: ComposeDocument,
  variables: Variables,
): { readonly problems: readonly Problem[]; readonly unset: readonly string[] } {
  const problems: Problem[] = [];
  const unset = new Set<string>();
  visit(document.yaml, {
    Scalar: (position, node, ancestors) => {
      if (position === 'key' || typeof node.value !== 'string') return;
      const result = interpolate(node.value, variables);
      if (result.ok) {
        node.value = result.text;
        result.unset.forEach((name) => unset.add(name));
      } else problems.push(notFilled(document, node, keysOf(ancestors, node), result.reason));
    },
  });
  return { problems, unset: [...unset] };
}

/** `services.db.ports.0` for the scalar below these nodes. */
function keysOf(ancestors: readonly unknown[], scalar: Scalar): string {
  const steps = ancestors.map((ancestor, at) => {
    if (isPair(ancestor)) return isScalar(ancestor.key) ? String(ancestor.key.value) : '';
    return isSeq(ancestor) ? ancestor.items.indexOf(ancestors[at + 1] ?? scalar) : undefined;
  });
  return steps.filter((step) => step !== undefined).join('.');
}

function notFilled(document: ComposeDocument, node: Scalar, keys: string, reason: string): Problem {
  const { line } = document.lines.linePos(node.range?.[0] ?? 0);
  const change = reason.startsWith('needs')
    ? 'Set it by the input "environment", or as a pipeline variable.'
    : 'Write ${NAME}, ${NAME:-default}, ${NAME:?message} or ${NAME:+other}; a plain dollar is $$.';
  return problemAt(document.file, line, { what: `${keys} ${reason}.`, change });
}
