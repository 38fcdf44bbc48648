import * as v from 'valibot';

const text = v.pipe(v.string(), v.nonEmpty('Expected text, found none.'));
const camelCase = v.pipe(
  v.string(),
  v.regex(/^[a-z][A-Za-z0-9]*$/, 'Expected a camelCase name of letters and digits.'),
);
const inputType = v.pipe(
  v.string(),
  v.regex(
    /^(string|boolean|int|multiLine|pickList|filePath|connectedService:[A-Za-z]+)$/,
    'Expected string, boolean, int, multiLine, pickList, filePath or connectedService:<type>.',
  ),
);

const input = v.strictObject({
  name: camelCase,
  aliases: v.optional(v.array(camelCase)),
  type: inputType,
  label: text,
  defaultValue: v.optional(v.union([v.string(), v.boolean()])),
  required: v.optional(v.boolean()),
  helpMarkDown: text,
  groupName: v.optional(text),
  visibleRule: v.optional(text),
  options: v.optional(v.record(v.string(), text)),
  properties: v.optional(
    v.strictObject({
      EditableOptions: v.optional(v.picklist(['True', 'False'])),
      MultiSelectFlatList: v.optional(v.picklist(['True', 'False'])),
      resizable: v.optional(v.picklist(['true', 'false'])),
      rows: v.optional(v.string()),
    }),
  ),
});

const target = (file: string) =>
  v.strictObject({ target: v.literal(`dist/${file}`), argumentFormat: v.optional(v.string()) });

/** Exactly these two: older handlers warn in every run, newer ones do not exist (ado-extension.md, 2). */
const handlers = (file: string) => v.strictObject({ Node20_1: target(file), Node24: target(file) });

/** Whole numbers as the agent compares them; Major is what `Task@1` in YAML means. */
const version = v.strictObject({
  Major: v.pipe(v.number(), v.integer(), v.minValue(1)),
  Minor: v.pipe(v.number(), v.integer(), v.minValue(0)),
  Patch: v.pipe(v.number(), v.integer(), v.minValue(0)),
});

/**
 * What our task.json files hold, stricter than Microsoft's tasks.schema.json (which requires nothing):
 * required keys, length limits that the Marketplace enforces late, and the two Node handlers.
 */
export const taskJsonSchema = v.strictObject({
  $schema: v.optional(v.string()),
  id: v.pipe(v.string(), v.uuid('Expected a GUID.')),
  name: v.pipe(v.string(), v.regex(/^[A-Z][A-Za-z0-9]*$/, 'Expected a PascalCase name.')),
  friendlyName: v.pipe(text, v.maxLength(40, 'Expected at most 40 characters.')),
  description: v.pipe(text, v.maxLength(255, 'Expected at most 255 characters.')),
  helpUrl: v.pipe(v.string(), v.url('Expected a URL.')),
  helpMarkDown: text,
  author: text,
  category: v.literal('Azure Pipelines'),
  visibility: v.tuple([v.literal('Build'), v.literal('Release')]),
  runsOn: v.array(v.picklist(['Agent', 'DeploymentGroup'])),
  showEnvironmentVariables: v.optional(v.boolean()),
  preview: v.optional(v.boolean()),
  demands: v.optional(v.array(v.string())),
  version,
  releaseNotes: v.optional(text),
  minimumAgentVersion: v.literal('3.232.1'),
  instanceNameFormat: text,
  groups: v.array(
    v.strictObject({
      name: camelCase,
      displayName: text,
      isExpanded: v.boolean(),
      visibleRule: v.optional(text),
    }),
  ),
  inputs: v.array(input),
  outputVariables: v.array(v.strictObject({ name: text, description: text })),
  restrictions: v.strictObject({
    settableVariables: v.strictObject({ allowed: v.array(text) }),
  }),
  execution: handlers('main.cjs'),
  postjobexecution: v.optional(handlers('cleanup.cjs')),
});

export type TaskJson = v.InferOutput<typeof taskJsonSchema>;
export type TaskInput = TaskJson['inputs'][number];
export type TaskVersion = TaskJson['version'];
