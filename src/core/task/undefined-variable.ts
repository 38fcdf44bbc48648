import type { Problem } from '../errors.ts';

/**
 * The problem of a value that still holds `$(name)`: the agent leaves a macro as text when no such
 * variable exists (agent contract, section 6). Undefined when there is none.
 */
export function undefinedVariable(where: string, text: string): Problem | undefined {
  const name = /\$\(([\w.-]+)\)/.exec(text)?.[1];
  if (name === undefined) return undefined;
  return {
    where,
    what: `The variable "${name}" is not defined, so the value is the text "$(${name})".`,
    change:
      'Define it, or check its name; secrets are not given to builds of forks, and a variable group has to be linked.',
  };
}
