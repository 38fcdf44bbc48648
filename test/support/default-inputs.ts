import { UserError } from '../../src/core/errors.ts';
import type { InputSpecs, InputValues } from '../../src/core/task/input-spec.ts';
import { readInputs } from '../../src/core/task/read-inputs.ts';

/** A task's inputs when a step sets none. */
export function defaultInputs<T extends InputSpecs>(specs: T): InputValues<T> {
  const inputs = readInputs(specs, () => undefined);
  if (!inputs.ok) throw new UserError(inputs.problems);
  return inputs.value;
}
