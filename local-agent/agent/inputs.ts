import { resolve } from 'node:path';
import { expandMacros } from './macros.ts';
import type { TaskDefinition } from './task-definition.ts';

/** What the input pipeline needs to know of the job. */
export interface InputScope {
  readonly expandVariables: (text: string) => string;
  /** The agent's own process environment; names keep their case on Linux. */
  readonly process: NodeJS.ProcessEnv;
  /** Where relative paths start: the primary repository's folder. */
  readonly repositoryFolder: string;
}

/**
 * The agent's input pipeline (AW/TaskRunner.cs): defaults, the step's inputs, trimming, `$(variable)`,
 * `$(ENV_VAR)` from the agent's own environment, rooting of filePath inputs. Nothing is checked: a required input may
 * be empty and a pick list may hold anything. Names ignore case; undeclared inputs pass.
 */
export function resolveInputs(
  declared: TaskDefinition['inputs'],
  given: Readonly<Record<string, string>>,
  scope: InputScope,
): Map<string, string> {
  const inputs = new Map<string, { name: string; value: string }>();
  for (const { name, defaultValue } of declared) {
    inputs.set(name.toLowerCase(), { name, value: defaultValue.trim() });
  }
  for (const [name, value] of Object.entries(given)) {
    const key = name.trim().toLowerCase();
    inputs.set(key, { name: inputs.get(key)?.name ?? name.trim(), value: value.trim() });
  }
  const paths = new Set(declared.filter(({ type }) => type === 'filepath').map(({ name }) => name));
  const result = new Map<string, string>();
  for (const { name, value } of inputs.values()) {
    const expanded = expandMacros(
      scope.expandVariables(value),
      (variable) => scope.process[variable],
    );
    result.set(name, paths.has(name) ? resolve(scope.repositoryFolder, expanded) : expanded);
  }
  return result;
}
