import { existsSync, readdirSync, statSync } from 'node:fs';
import { basename } from 'node:path';
import type { Command } from '../command.ts';
import type { StepContext } from '../step-context.ts';
import { CommandError, required } from './command-error.ts';

const SUMMARY = 'DistributedTask.Core.Summary';
const FILE = 'DistributedTask.Core.FileAttachment';

/** `task.addattachment`: queues the file; neither type nor name may hold a slash. */
export function addAttachment(context: StepContext, { properties, message }: Command): void {
  const type = required(properties, 'type', 'task.addattachment');
  const name = required(properties, 'name', 'task.addattachment');
  attach(context, { type, name, path: message });
}

/** `task.uploadsummary`: a Markdown file for the Extensions tab. */
export function uploadSummary(context: StepContext, { message }: Command): void {
  if (message === '') {
    throw new CommandError('Cannot upload summary file, summary file location is not specified.');
  }
  attach(context, { type: SUMMARY, name: basename(message), path: message });
}

/** `task.uploadfile`: joins the downloadable logs. */
export function uploadFile(context: StepContext, { message }: Command): void {
  if (message === '')
    throw new CommandError('Cannot upload file because file location is not specified.');
  attach(context, { type: FILE, name: basename(message), path: message });
}

interface NamedFile {
  readonly type: string;
  readonly name: string;
  readonly path: string;
}

function attach({ job, recordId }: StepContext, { type, name, path }: NamedFile): void {
  for (const [what, value] of [
    ['Type', type],
    ['Name', name],
  ] as const) {
    if (/[/\0]/.test(value)) throw new CommandError(`${what} contain invalid characters. (/)`);
  }
  if (!existsSync(path) || !statSync(path).isFile()) {
    throw new CommandError(
      'Cannot upload task attachment file, attachment file location is not specified or attachment file not exist on disk.',
    );
  }
  job.attachments.queue({
    timelineId: job.message.timelineId,
    recordId,
    type,
    name,
    path,
  });
}

/** `artifact.upload`: a file or folder that exists; an empty folder only warns. */
export function uploadArtifact(context: StepContext, { properties, message }: Command): void {
  required(properties, 'artifactname', 'artifact.upload');
  if (message === '') throw new CommandError('Artifact location is required.');
  if (!existsSync(message)) throw new CommandError(`Path does not exist: ${message}`);
  if (statSync(message).isDirectory() && readdirSync(message).length === 0) {
    context.warning(`Directory '${message}' is empty. Nothing will be added to build artifact.`);
  }
}
