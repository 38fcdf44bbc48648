import { format } from 'prettier';
import type { Task } from '../task-json/read-tasks.ts';
import type { TaskInput } from '../task-json/task-json.ts';
import { exampleStep } from './example-step.ts';

/** The reference page of a task in Markdown: a step, its inputs as the editor groups them, its outputs. */
export function referencePage({ json }: Task): Promise<string> {
  const groups = [
    { name: undefined, displayName: 'Inputs' },
    ...json.groups.map(({ name, displayName }) => ({ name, displayName })),
  ];
  const inputs = groups.map(({ name, displayName }) =>
    inputTable(
      displayName,
      json.inputs.filter((input) => input.groupName === name),
    ),
  );
  const page = [
    '<!-- Made from task.json by `npm run generate`: edit that file instead. -->',
    `# ${json.name}@${json.version.Major}`,
    `${json.friendlyName}. ${json.description}`,
    json.helpMarkDown,
    exampleStep(json),
    ...inputs,
    outputTable(json.outputVariables),
  ];
  return format(page.join('\n\n'), { parser: 'markdown', printWidth: 100, singleQuote: true });
}

function inputTable(title: string, inputs: readonly TaskInput[]): string {
  if (inputs.length === 0) return '';
  const rows = inputs.map(
    (input) =>
      `| ${names(input)} | ${typeOf(input)} | ${defaultOf(input)} | ${cell(input.helpMarkDown)} |`,
  );
  return [
    `## ${title}`,
    '',
    '| Input | Type | Default | Meaning |',
    '|---|---|---|---|',
    ...rows,
  ].join('\n');
}

function names({ name, aliases = [] }: TaskInput): string {
  const others = aliases.filter((alias) => alias !== name).map((alias) => `\`${alias}\``);
  return others.length === 0 ? `\`${name}\`` : `\`${name}\`<br>or ${others.join(', ')}`;
}

function typeOf({ type, options, properties }: TaskInput): string {
  const [kind = '', service] = type.split(':');
  if (service !== undefined) {
    return properties?.MultiSelectFlatList === 'True'
      ? `service connections (${service})`
      : `service connection (${service})`;
  }
  if (kind === 'pickList')
    return Object.keys(options ?? {})
      .map((option) => `\`${option}\``)
      .join(', ');
  return (
    { multiLine: 'lines', int: 'whole number', filePath: 'path', string: 'text' }[kind] ?? kind
  );
}

function defaultOf({ defaultValue, required }: TaskInput): string {
  if (defaultValue !== undefined && defaultValue !== '') return `\`${cell(String(defaultValue))}\``;
  return required === true ? '**required**' : '';
}

function outputTable(outputs: Task['json']['outputVariables']): string {
  if (outputs.length === 0) return '';
  const rows = outputs.map(({ name, description }) => `| \`${name}\` | ${cell(description)} |`);
  return [
    '## Outputs',
    '',
    'Give the step a `name`; later steps read `$(name.output)`.',
    '',
    '| Output | Meaning |',
    '|---|---|',
    ...rows,
  ].join('\n');
}

/** Text that stays in one cell of a table. */
function cell(text: string): string {
  return text.replaceAll('|', '\\|').replaceAll(/\s*\n\s*/g, '<br>');
}
