import { existsSync } from 'node:fs';
import { isAbsolute, relative } from 'node:path';
import type { Command } from '../command.ts';
import { parseTaskResult } from '../result.ts';
import type { StepContext } from '../step-context.ts';
import { CommandError, isTrue } from './command-error.ts';

/** `task.logissue` (alias `task.issue`): prints and counts, but changes no result. */
export function logIssue(context: StepContext, { properties, message }: Command): void {
  const type = properties.get('type')?.toLowerCase();
  if (type === undefined) {
    context.warning("Can't create TaskIssue from logging event.");
    return;
  }
  if (type !== 'error' && type !== 'warning') {
    throw new CommandError(`issue type ${type} is not an expected issue type.`);
  }
  const sourcePath = properties.get('sourcepath');
  const details = Object.fromEntries([...properties].filter(([key]) => key !== 'type'));
  if (sourcePath !== undefined) details['sourcepath'] = repositoryPath(context, sourcePath);
  context.addIssue({ type, message, properties: details });
  const text = sourcePath === undefined ? message : withPlace(type, message, details);
  if (type === 'error') context.job.log.error(text);
  else context.job.log.warning(text);
}

function repositoryPath({ job }: StepContext, path: string): string {
  if (!isAbsolute(path) || !existsSync(path)) return path;
  const inside = relative(job.directories.sources, path);
  return inside.startsWith('..') ? path : inside;
}

function withPlace(
  type: string,
  message: string,
  details: Readonly<Record<string, string>>,
): string {
  const place = `(${details['linenumber'] ?? ''},${details['columnnumber'] ?? ''})`;
  return `${details['sourcepath'] ?? ''}${place}: ${type} ${details['code'] ?? ''}: ${message}`;
}

/** `task.complete`: the exact name or number of a result; it does not end the process. */
export function complete(context: StepContext, { properties }: Command): void {
  const result = parseTaskResult(properties.get('result') ?? '');
  if (!result) throw new CommandError("Command doesn't have valid result value.");
  context.complete(result);
  if (isTrue(properties.get('done'))) context.forceCompletion();
}

/** `task.logdetail`: nested timeline records need a GUID. */
export function logDetail(_context: StepContext, { properties }: Command): void {
  const id = properties.get('id') ?? '';
  if (!/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(id)) {
    throw new CommandError("Can't update timeline record, timeline record id is not provided.");
  }
}
