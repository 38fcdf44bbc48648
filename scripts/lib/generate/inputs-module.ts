import { format } from 'prettier';
import { inputSpecs } from '../task-json/input-spec.ts';
import type { Task } from '../task-json/read-tasks.ts';

/** The text of `inputs.generated.ts`: literals, so that mapped types know each input's value type. */
export function inputsModule(task: Task): Promise<string> {
  const source = `// Made from task.json by \`npm run generate\`: edit that file instead.
import type { InputSpecs } from '../../src/core/task/input-spec.ts';

export const taskInputs = ${JSON.stringify(inputSpecs(task.json.inputs))} as const satisfies InputSpecs;
`;
  return format(source, { parser: 'typescript', printWidth: 100, singleQuote: true });
}
