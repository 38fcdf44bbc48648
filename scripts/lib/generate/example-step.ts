import type { TaskInput, TaskJson } from '../task-json/task-json.ts';

/** A YAML step with every input: those that must be given live, the rest as comments with their defaults. */
export function exampleStep({ name, version, inputs }: TaskJson): string {
  const lines = inputs.flatMap((input) =>
    input.required === true && defaultOf(input) === ''
      ? entry(input, '    ', placeholder(input))
      : entry(input, '    # ', defaultOf(input)),
  );
  return ['```yaml', `- task: ${name}@${version.Major}`, '  inputs:', ...lines, '```'].join('\n');
}

function entry({ name }: TaskInput, indent: string, value: string): readonly string[] {
  const [first = '', ...rest] = value.split('\n');
  if (rest.length === 0) return [`${indent}${name}: ${first}`.trimEnd()];
  return [`${indent}${name}: |`, ...[first, ...rest].map((line) => `${indent}  ${line}`.trimEnd())];
}

function defaultOf({ defaultValue }: TaskInput): string {
  return String(defaultValue ?? '').trimEnd();
}

function placeholder({ label, type }: TaskInput): string {
  return type.startsWith('connectedService:') ? 'my-connection' : `<${label.toLowerCase()}>`;
}
