import { asList, asRecord, asText, type JsonRecord } from '../protocol/json-fields.ts';

export type Phase = 'pre' | 'main' | 'post';

/** What the agent reads of a task.json (AW/TaskManager.cs, DefinitionData); all else is the server's. */
export interface TaskDefinition {
  readonly name: string;
  readonly friendlyName: string;
  readonly description: string;
  readonly author: string;
  readonly help: string;
  readonly version: string;
  readonly inputs: readonly {
    readonly name: string;
    readonly type: string;
    readonly defaultValue: string;
  }[];
  readonly outputVariables: readonly string[];
  readonly restrictions: Restrictions;
  /** What the task offers in each phase; null when task.json has no such block. */
  readonly stages: Readonly<Record<Phase, Stage | null>>;
}

export interface Restrictions {
  readonly restricted: boolean;
  /** Globs; null allows every name. */
  readonly settableVariables: readonly string[] | null;
}

/** `handler` is null when the block has no entry for this operating system: the step then fails when it runs. */
interface Stage {
  readonly handler: Handler | null;
}

export interface Handler {
  readonly name: string;
  readonly target: string;
  readonly workingDirectory: string;
}

/** Lowest first wins, whatever the order in the file (AW/TaskManager.cs). */
const HANDLER_PRIORITY = ['Node24', 'Node20_1', 'Node16', 'Node10', 'Node'];

const STAGE_KEYS = { pre: 'prejobexecution', main: 'execution', post: 'postjobexecution' } as const;

/** Reads a parsed task.json. Lenient as the agent is: what is missing is empty. */
export function parseTaskDefinition(value: unknown): TaskDefinition {
  const json = asRecord(value);
  const version = asRecord(json['version']);
  return {
    name: asText(json['name']),
    friendlyName: asText(json['friendlyName']),
    description: asText(json['description']),
    author: asText(json['author']),
    help: asText(json['helpUrl']) || asText(json['helpMarkDown']),
    version: ['Major', 'Minor', 'Patch'].map((part) => asText(version[part]) || '0').join('.'),
    inputs: asList(json['inputs']).map(asRecord).map(parseInput),
    outputVariables: asList(json['outputVariables']).map((item) => asText(asRecord(item)['name'])),
    restrictions: parseRestrictions(asRecord(json['restrictions'])),
    stages: {
      pre: parseStage(json[STAGE_KEYS.pre]),
      main: parseStage(json[STAGE_KEYS.main]),
      post: parseStage(json[STAGE_KEYS.post]),
    },
  };
}

function parseInput(json: JsonRecord): TaskDefinition['inputs'][number] {
  return {
    name: asText(json['name']).trim(),
    type: asText(json['type']).toLowerCase(),
    defaultValue: asText(json['defaultValue']),
  };
}

function parseRestrictions(json: JsonRecord): Restrictions {
  const allowed = asRecord(json['settableVariables'])['allowed'];
  return {
    restricted: asText(asRecord(json['commands'])['mode']).toLowerCase() === 'restricted',
    settableVariables: allowed === undefined ? null : asList(allowed).map(asText),
  };
}

function parseStage(value: unknown): Stage | null {
  return value === undefined ? null : { handler: selectHandler(asRecord(value)) };
}

function selectHandler(stage: JsonRecord): Handler | null {
  const name = HANDLER_PRIORITY.find((candidate) => candidate in stage);
  if (!name) return null;
  const handler = asRecord(stage[name]);
  return {
    name,
    target: asText(handler['target']),
    workingDirectory: asText(handler['workingDirectory']),
  };
}
