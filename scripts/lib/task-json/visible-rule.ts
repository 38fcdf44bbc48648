import type { Problem } from '../../../src/core/errors.ts';
import type { TaskInput } from './task-json.ts';

const operators = '=|!=|(?:Not)?(?:Contains|StartsWith|EndsWith)';
const condition = new RegExp(`^(\\w+)\\s*(?:${operators})\\s*(.*)$`);

/**
 * Problems of a visibleRule such as `push = true && load != none`: the editor shows the input always, or
 * never, when a rule is malformed or names something else than an input.
 */
export function ruleProblems(
  rule: string | undefined,
  owner: string,
  inputs: readonly TaskInput[],
): readonly Problem[] {
  if (rule === undefined) return [];
  return rule.split(/&&|\|\|/).flatMap((part) => {
    const match = condition.exec(part.trim());
    if (match === null) {
      const what = `The visibleRule of ${owner} has a malformed condition "${part.trim()}".`;
      return [{ what, change: 'Write `input = value`, joined by && or ||.' }];
    }
    const [, name = '', value = ''] = match;
    const input = inputs.find((candidate) => candidate.name === name);
    if (input === undefined) {
      const what = `The visibleRule of ${owner} names ${name}, which is not an input.`;
      return [{ what, change: 'Name an input of this task.' }];
    }
    if (input.type !== 'pickList' || value in (input.options ?? {})) return [];
    const what = `The visibleRule of ${owner} compares ${name} with "${value}", which it never is.`;
    return [{ what, change: `Name one of its options.` }];
  });
}
