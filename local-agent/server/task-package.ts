import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { asList, asRecord, asText, type JsonRecord } from '../protocol/json-fields.ts';

/** A task as the server knows it: enough to resolve names. What a run needs, the agent reads for itself. */
export interface TaskPackage {
  readonly id: string;
  readonly name: string;
  readonly version: string;
  readonly major: number;
  readonly folder: string;
  readonly inputs: readonly TaskInput[];
  /** Handler entries whose file is not there, as `execution.Node20_1: dist/main.cjs`. */
  readonly missingTargets: readonly string[];
}

export interface TaskInput {
  readonly name: string;
  readonly aliases: readonly string[];
  readonly type: string;
}

const STAGES = ['prejobexecution', 'execution', 'postjobexecution'];

/** Reads the task.json in `folder`. @throws SyntaxError or a file system error */
export async function readTaskPackage(folder: string): Promise<TaskPackage> {
  const json = asRecord(JSON.parse(await readFile(join(folder, 'task.json'), 'utf8')));
  const version = asRecord(json['version']);
  return {
    id: asText(json['id']),
    name: asText(json['name']),
    version: ['Major', 'Minor', 'Patch'].map((part) => asText(version[part]) || '0').join('.'),
    major: Number(asText(version['Major'])),
    folder,
    inputs: asList(json['inputs']).map(asRecord).map(readInput),
    missingTargets: STAGES.flatMap((stage) => missingTargets(folder, stage, asRecord(json[stage]))),
  };
}

function readInput(json: JsonRecord): TaskInput {
  return {
    name: asText(json['name']),
    aliases: asList(json['aliases']).map(asText),
    type: asText(json['type']),
  };
}

function missingTargets(folder: string, stage: string, handlers: JsonRecord): string[] {
  return Object.entries(handlers).flatMap(([handler, entry]) => {
    const target = asText(asRecord(entry)['target']).replaceAll('$(currentDirectory)', '.');
    return /^Node/.test(handler) && !existsSync(join(folder, target))
      ? [`${stage}.${handler}: ${target}`]
      : [];
  });
}
