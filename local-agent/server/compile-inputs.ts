import type { PipelineStep } from './pipeline.ts';
import type { Resources } from './resources.ts';
import type { TaskInput, TaskPackage } from './task-package.ts';
import { isGuid } from './derived-guid.ts';
import type { Located } from './yaml/reader.ts';
import type { SourceFile } from './yaml/source-file.ts';

/** Inputs as the agent gets them, and the connections and secure files (by id) that they name. */
export interface CompiledInputs {
  readonly inputs: Readonly<Record<string, string>>;
  readonly referenced: readonly string[];
}

/**
 * The server's half of the input pipeline: aliases become names, and names of service connections and secure files
 * become ids. An input the task does not declare is passed on, as the server does, with a warning.
 */
export function compileInputs(
  step: PipelineStep,
  task: TaskPackage,
  { source, resources }: { source: SourceFile; resources: Resources },
): CompiledInputs {
  const inputs: Record<string, string> = {};
  const referenced: string[] = [];
  for (const [key, given] of step.inputs) {
    const input = task.inputs.find((candidate) => answersTo(candidate, key));
    if (!input) source.warnAt(given.at, `${task.name}@${task.major} has no input "${key}"`);
    const ids = input ? resolveIds(input, given, source, resources) : null;
    inputs[input?.name ?? key] = ids?.join(',') ?? given.value;
    referenced.push(...(ids ?? []));
  }
  return { inputs, referenced };
}

function answersTo(input: TaskInput, key: string): boolean {
  return [input.name, ...input.aliases].some((name) => name.toLowerCase() === key.toLowerCase());
}

/** The ids that an input of a naming type holds; null when it is of another type or empty. */
function resolveIds(
  input: TaskInput,
  { value, at }: Located<string>,
  source: SourceFile,
  resources: Resources,
): string[] | null {
  const connection = /^connectedService:/i.test(input.type);
  if (!(connection || input.type.toLowerCase() === 'securefile') || value.trim() === '')
    return null;
  const known = connection ? resources.connections : resources.secureFiles;
  const what = connection ? 'service connection' : 'secure file';
  return value.split(',').map((part) => {
    const name = part.trim();
    const found = known.find(
      (item) => item.id === name || item.name.toLowerCase() === name.toLowerCase(),
    );
    if (found?.id) return found.id;
    if (!isGuid(name)) source.reportAt(at, unknownName(what, name, known));
    return name;
  });
}

function unknownName(
  what: string,
  name: string,
  known: readonly { readonly name: string }[],
): string {
  const list = known.map((item) => item.name).join(', ') || 'none (see --resources)';
  return `there is no ${what} "${name}"; the resources file has: ${list}`;
}
