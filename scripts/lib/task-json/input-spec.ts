import type { InputSpec, InputSpecs, InputType } from '../../../src/core/task/input-spec.ts';
import type { TaskInput } from './task-json.ts';

/** The inputs of a task.json as the specs the task reads them by, in the editor's order. */
export function inputSpecs(inputs: readonly TaskInput[]): InputSpecs {
  return Object.fromEntries(inputs.map((input) => [input.name, inputSpec(input)]));
}

function inputSpec(input: TaskInput): InputSpec {
  const type = inputType(input);
  return {
    type,
    required: input.required ?? false,
    defaultValue: String(input.defaultValue ?? ''),
    ...(type === 'pickList' ? { options: Object.keys(input.options ?? {}) } : {}),
    ...(input.properties?.MultiSelectFlatList === 'True' ? { several: true } : {}),
  };
}

/**
 * A pickList whose options are suggestions only (EditableOptions) takes any text. A multiLine called `…Inline`, `services` or `rules` holds a
 * file's text, whose blanks count.
 */
function inputType(input: TaskInput): InputType {
  if (input.type === 'multiLine' && /^(services|rules)$|Inline$/.test(input.name)) return 'text';
  if (input.properties?.EditableOptions === 'True') return 'string';
  if (input.type.startsWith('connectedService:')) return 'connectedService';
  return input.type as InputType;
}
