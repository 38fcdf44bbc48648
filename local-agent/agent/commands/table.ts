import type { Command } from '../command.ts';
import type { StepContext } from '../step-context.ts';
import { CommandError, required } from './command-error.ts';
import { setEndpoint } from './endpoint-commands.ts';
import { addAttachment, uploadArtifact, uploadFile, uploadSummary } from './file-commands.ts';
import { complete, logDetail, logIssue } from './issue-commands.ts';
import { prependPath, setTaskVariable, setVariable } from './variable-commands.ts';

/** One logging command the agent knows. */
export interface CommandHandler {
  /** Allowed when a task restricts itself. */
  readonly allowedWhenRestricted: boolean;
  /** Kept in the run's record, because the effect is on a server that is not here. */
  readonly recorded: boolean;
  readonly run: (context: StepContext, command: Command) => void;
}

type Run = CommandHandler['run'];

const local = (run: Run): CommandHandler => ({ allowedWhenRestricted: true, recorded: false, run });
const recorded = (run: Run): CommandHandler => ({
  allowedWhenRestricted: false,
  recorded: true,
  run,
});
const nothing: Run = () => undefined;

/** Every `area.event` of the agent in a build job (AW/TaskCommandExtension.cs and its siblings). */
export const COMMANDS: ReadonlyMap<string, CommandHandler> = new Map([
  ['task.setvariable', local(setVariable)],
  ['task.settaskvariable', local(setTaskVariable)],
  ['task.setsecret', local(setSecret)],
  ['task.complete', local(complete)],
  ['task.logissue', local(logIssue)],
  ['task.issue', local(logIssue)],
  ['task.setprogress', local(nothing)],
  ['task.logdetail', local(logDetail)],
  [
    'task.debug',
    local((context, { message }) => {
      context.job.log.debug(message);
    }),
  ],
  ['task.prependpath', local(prependPath)],
  ['task.addattachment', recorded(addAttachment)],
  ['task.uploadsummary', recorded(uploadSummary)],
  ['task.uploadfile', recorded(uploadFile)],
  ['task.setendpoint', { allowedWhenRestricted: false, recorded: false, run: setEndpoint }],
  ['artifact.upload', recorded(uploadArtifact)],
  [
    'artifact.associate',
    recorded((_context, { properties }) => {
      required(properties, 'artifactname', 'artifact.associate');
    }),
  ],
  ['build.addbuildtag', recorded(withMessage('Build tag is required.'))],
  ['build.updatebuildnumber', recorded(updateBuildNumber)],
  ['build.uploadlog', recorded(uploadFile)],
  ['build.uploadsummary', recorded(uploadSummary)],
  ['results.publish', recorded(publishResults)],
  ['results.publishtoevidencestore', recorded(nothing)],
  [
    'codecoverage.publish',
    recorded((_context, { properties }) => {
      required(properties, 'summaryfile', 'codecoverage.publish');
    }),
  ],
  ['telemetry.publish', local(nothing)],
]);

export const AREAS: ReadonlySet<string> = new Set(
  [...COMMANDS.keys()].map((name) => name.split('.')[0] ?? ''),
);

/** Areas that only work in release jobs. */
export const RELEASE_AREAS: ReadonlySet<string> = new Set(['release']);

function setSecret({ job }: StepContext, { message }: Command): void {
  if (message !== '') job.masker.add(message);
}

function withMessage(missing: string): Run {
  return (_context, { message }) => {
    if (message.trim() === '') throw new CommandError(missing);
  };
}

/** The number changes at once for later steps. */
function updateBuildNumber(context: StepContext, command: Command): void {
  withMessage('Build number is required.')(context, command);
  context.job.variables.set('Build.BuildNumber', command.message);
}

function publishResults(_context: StepContext, { properties, message }: Command): void {
  required(properties, 'type', 'results.publish');
  if (!properties.get('resultfiles') && message === '') {
    throw new CommandError('Please provide a valid file path for the test results (resultFiles).');
  }
}
