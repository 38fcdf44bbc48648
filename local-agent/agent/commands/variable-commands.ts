import { minimatch } from 'minimatch';
import type { Command } from '../command.ts';
import { knob } from '../job-context.ts';
import type { StepContext } from '../step-context.ts';
import { CommandError, isTrue, required } from './command-error.ts';

/** `task.setvariable`: visible to later steps only; outputs live under `<step>.<name>` alone. */
export function setVariable(context: StepContext, { properties, message }: Command): void {
  const { job } = context;
  const name = required(properties, 'variable', 'task.setvariable');
  const isSecret = isTrue(properties.get('issecret'));
  const isOutput = isTrue(properties.get('isoutput'));
  if (!settable(context, name)) return;
  if (isSecret) refuseLineBreaks(context, message);
  if (job.variables.isReadOnly(name)) refuseOverwrite(context, name);
  const options = {
    isSecret,
    isReadOnly: isTrue(properties.get('isreadonly')) || isOutput,
    keepsCase: isTrue(properties.get('preservecase')),
  };
  if (isOutput || declares(context, name)) {
    job.variables.set(`${context.step.name}.${name}`, message, options);
    context.outputs.set(name, { value: message, isSecret });
  } else job.variables.set(name, message, options);
}

/** `task.settaskvariable`: private to the pre, main and post parts of this step. */
export function setTaskVariable(context: StepContext, { properties, message }: Command): void {
  const name = required(properties, 'variable', 'task.settaskvariable');
  const key = name.toLowerCase();
  const before = context.taskVariables.get(key);
  const isSecret = isTrue(properties.get('issecret')) || (before?.isSecret ?? false);
  if (isSecret) refuseLineBreaks(context, message);
  if (before?.isReadOnly) refuseOverwrite(context, name);
  if (isSecret && message !== '') context.job.masker.add(message);
  context.taskVariables.set(key, {
    name,
    value: message,
    isSecret,
    isReadOnly: isTrue(properties.get('isreadonly')),
    keepsCase: false,
  });
}

/** `task.prependpath`: for later steps; a folder that is there already moves to the front. */
export function prependPath(context: StepContext, { message }: Command): void {
  if (message === '') throw new CommandError('Path is missing in ##vso[task.prependpath] command.');
  if (!settable(context, 'PATH')) return;
  const others = context.job.prependedPath.filter((folder) => folder !== message);
  context.job.prependedPath = [message, ...others];
}

function settable(context: StepContext, name: string): boolean {
  const allowed = context.restrictions?.settableVariables;
  if (!allowed) return true;
  const nocase = { nocase: true };
  if (allowed.some((glob) => minimatch(name, glob, nocase))) return true;
  context.warning(`Setting variable '${name}' has been disabled by the task or build definition.`);
  return false;
}

function declares({ declaredOutputs }: StepContext, name: string): boolean {
  return declaredOutputs.some((output) => output.toLowerCase() === name.toLowerCase());
}

function refuseLineBreaks(context: StepContext, value: string): void {
  if (!value.includes('\n') || isTrue(knob(context.job, 'SYSTEM_UNSAFEALLOWMULTILINESECRET')))
    return;
  throw new CommandError('Secrets cannot contain multiple lines');
}

function refuseOverwrite(context: StepContext, name: string): void {
  const text = `Overwriting readonly variable '${name}' is not permitted.`;
  if (context.job.variables.getBoolean('agent.readOnlyVariables')) throw new CommandError(text);
  context.warning(text);
}
