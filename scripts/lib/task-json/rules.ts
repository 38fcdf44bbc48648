import type { Problem } from '../../../src/core/errors.ts';
import type { TaskInput, TaskJson } from './task-json.ts';
import { ruleProblems } from './visible-rule.ts';

/**
 * Variables for every later step. Declared as outputs the agent would set them as `step.name` only
 * (ado-extension.md, outputVariables trap).
 */
const neverOutputs = ['BUILDX_BUILDER', 'BUILDX_CONFIG', 'DOCKER_CONFIG'];

/** What a schema cannot say of a task.json: how its parts fit together. `path` names it in problems. */
export function taskJsonProblems(json: TaskJson, path: string): readonly Problem[] {
  return [
    ...nameProblems(json),
    ...json.inputs.flatMap((input) => inputProblems(input, json)),
    ...json.groups.flatMap(({ name, visibleRule }) => ruleProblems(visibleRule, name, json.inputs)),
    ...outputProblems(json),
  ].map(({ what, change }) => ({ where: path, what, change }));
}

/** YAML takes a name or any alias, in any case: each must mean one input. */
function nameProblems({ inputs }: TaskJson): readonly Problem[] {
  const owners = new Map<string, string>();
  const problems: Problem[] = [];
  for (const { name, aliases = [] } of inputs) {
    for (const word of [name, ...aliases]) {
      const owner = owners.get(word.toLowerCase());
      if (owner === undefined) owners.set(word.toLowerCase(), name);
      else problems.push(clash(word, owner, name));
    }
  }
  return problems;
}

function clash(word: string, owner: string, name: string): Problem {
  return {
    what: `"${word}" names the inputs ${owner} and ${name}.`,
    change: 'Give each name and alias to one input.',
  };
}

function inputProblems(input: TaskInput, { inputs, groups }: TaskJson): readonly Problem[] {
  const { name, groupName, type, options = {}, defaultValue, visibleRule } = input;
  const problems = [...ruleProblems(visibleRule, name, inputs)];
  if (groupName !== undefined && !groups.some((group) => group.name === groupName)) {
    problems.push({
      what: `Input ${name} is in group "${groupName}", which does not exist.`,
      change: 'Declare the group, or change groupName.',
    });
  }
  if (type === 'pickList' && (defaultValue === undefined || !(String(defaultValue) in options))) {
    problems.push({
      what: `The default of pickList ${name} is not one of its options.`,
      change: 'Choose one of the options as defaultValue.',
    });
  }
  if (type === 'boolean' && !['true', 'false'].includes(String(defaultValue))) {
    const change = 'Set defaultValue to "true" or "false".';
    problems.push({ what: `Boolean ${name} has no default.`, change });
  }
  return problems;
}

function outputProblems({ outputVariables, restrictions }: TaskJson): readonly Problem[] {
  const allowed = restrictions.settableVariables.allowed;
  return outputVariables.flatMap(({ name }) => {
    if (neverOutputs.includes(name)) {
      const change = 'Remove it from outputVariables: later steps read it as a plain variable.';
      return [{ what: `${name} is declared as an output.`, change }];
    }
    if (allowed.some((pattern) => matches(pattern, name))) return [];
    const change = 'Add it to restrictions.settableVariables.allowed.';
    return [{ what: `The task may not set its output ${name}.`, change }];
  });
}

/** As the agent matches names: `*` is any text, case does not count. */
export function matches(pattern: string, name: string): boolean {
  const literal = pattern.split('*').map((part) => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${literal.join('.*')}$`, 'i').test(name);
}
