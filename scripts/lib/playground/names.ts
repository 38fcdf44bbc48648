import { UserError, type Problem } from '../../../src/core/errors.ts';
import type { PlaygroundOptions } from './options.ts';

/** @throws UserError with every name that is malformed or given twice. */
export function checkNames({ builders, registries }: PlaygroundOptions): void {
  const problems = [...problemsOf('builder', builders), ...problemsOf('registry', registries)];
  if (problems.length > 0) throw new UserError(problems);
}

function problemsOf(kind: string, named: readonly { readonly name: string }[]): Problem[] {
  const names = named.map(({ name }) => name);
  const malformed = names.filter((name) => !/^[a-z0-9][a-z0-9-]*$/.test(name));
  const repeated = names.filter((name, index) => names.indexOf(name) !== index);
  return [
    ...malformed.map((name) => ({
      what: `The ${kind} name "${name}" is not made of lower-case letters, digits and dashes.`,
      change: 'Rename it.',
    })),
    ...repeated.map((name) => ({
      what: `The ${kind} name "${name}" is given twice.`,
      change: 'Give each a name of its own.',
    })),
  ];
}
