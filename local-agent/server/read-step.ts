import type { Node } from 'yaml';
import type { PipelineStep } from './pipeline.ts';
import { booleanField, countField, located } from './yaml/fields.ts';
import type { Entry, Located, Reader } from './yaml/reader.ts';

const COMMON = [
  'condition',
  'continueOnError',
  'displayName',
  'enabled',
  'env',
  'name',
  'retryCountOnTaskFailure',
  'timeoutInMinutes',
];

/** A kind of step: the task the server makes of it, and which of its keys become that task's inputs. */
interface Shortcut {
  readonly task: string;
  /** The input that takes the value of the step's own key; none for `task:` and `checkout:`. */
  readonly body?: string;
  readonly inputs: readonly string[];
}

const SHORTCUTS: ReadonlyMap<string, Shortcut> = new Map([
  ['script', { task: 'CmdLine@2', body: 'script', inputs: ['workingDirectory', 'failOnStderr'] }],
  ['bash', { task: 'Bash@3', body: 'script', inputs: ['workingDirectory', 'failOnStderr'] }],
  // A copy of the working tree is the same at any depth and always clean.
  [
    'checkout',
    { task: 'checkout', body: 'repository', inputs: ['clean', 'fetchDepth', 'fetchTags'] },
  ],
]);

const KINDS = ['task', ...SHORTCUTS.keys()];

/** Reads one step of `steps:`; null when it is nothing this agent can run (the problem is reported). */
export function readStep(reader: Reader, node: Node): PipelineStep | null {
  const entries = reader.entries(node, 'a step');
  const kind = entries.find(({ key }) => KINDS.includes(key));
  if (!kind) {
    reportUnknownStep(reader, node, entries);
    return null;
  }
  const shortcut = SHORTCUTS.get(kind.key);
  const known = [kind.key, ...COMMON, ...(shortcut?.inputs ?? ['inputs'])];
  const fields = reader.fields(node, `a "${kind.key}" step`, known);
  const value = reader.text(kind.node, `"${kind.key}"`);
  const at = reader.source.position(node);
  if (kind.key === 'checkout' && !checkoutIsKnown(reader, value)) return null;
  const task = shortcut ? { value: shortcut.task, at } : value;
  const inputs = shortcut
    ? shortcutInputs(reader, shortcut, value, fields)
    : taskInputs(reader, fields);
  return { at, task, inputs, ...readCommon(reader, fields) };
}

type Common = Omit<PipelineStep, 'at' | 'task' | 'inputs'>;

function readCommon(reader: Reader, fields: ReadonlyMap<string, Entry>): Common {
  return {
    name: stepName(reader, fields),
    displayName: located(reader, fields, 'displayName')?.value ?? null,
    condition: located(reader, fields, 'condition'),
    continueOnError: booleanField(reader, fields, 'continueOnError', false),
    enabled: booleanField(reader, fields, 'enabled', true),
    environment: reader
      .entries(fields.get('env')?.node ?? null, '"env"')
      .map(({ key, node }) => [key, reader.text(node, `env "${key}"`).value] as const),
    timeoutInMinutes: countField(reader, fields, 'timeoutInMinutes', { fallback: 0, max: 525_600 }),
    retryCountOnTaskFailure: countField(reader, fields, 'retryCountOnTaskFailure', {
      fallback: 0,
      max: 10,
    }),
  };
}

function stepName(reader: Reader, fields: ReadonlyMap<string, Entry>): Located<string> | null {
  const name = located(reader, fields, 'name');
  if (name && !/^[A-Za-z_][A-Za-z0-9_]*$/.test(name.value)) {
    reader.source.reportAt(
      name.at,
      `expected the step's name to be letters, digits and "_", not starting with a digit; found "${name.value}"`,
    );
  }
  return name;
}

function taskInputs(
  reader: Reader,
  fields: ReadonlyMap<string, Entry>,
): Map<string, Located<string>> {
  const entries = reader.entries(fields.get('inputs')?.node ?? null, '"inputs"');
  return new Map(entries.map(({ key, node }) => [key, reader.text(node, `input "${key}"`)]));
}

function shortcutInputs(
  reader: Reader,
  { body, inputs }: Shortcut,
  value: Located<string>,
  fields: ReadonlyMap<string, Entry>,
): Map<string, Located<string>> {
  const result = new Map<string, Located<string>>();
  if (body) result.set(body, value);
  for (const key of inputs) {
    const found = located(reader, fields, key);
    if (found) result.set(key, found);
  }
  return result;
}

function checkoutIsKnown(reader: Reader, { value, at }: Located<string>): boolean {
  if (value === 'self' || value === 'none') return true;
  reader.source.reportAt(at, `expected checkout to be self or none, found "${value}"`);
  return false;
}

function reportUnknownStep(reader: Reader, node: Node, entries: readonly Entry[]): void {
  const key = entries[0];
  const expected = `expected one of: ${KINDS.join(', ')}`;
  if (!key) reader.source.report(node, `expected a step; ${expected}`);
  else
    reader.source.reportAt(
      key.keyAt,
      `a "${key.key}" step is not supported by the local agent; ${expected}`,
    );
}
