import pruneTask from '../tasks/RegistryPrune/task.json' with { type: 'json' };
import task from '../tasks/SetupBuildkitBuilder/task.json' with { type: 'json' };
import { flagName, variableName } from './input-options.ts';
import { inputNames } from './options.ts';
import { pruneInputs } from './prune.ts';

const own: readonly (readonly [string, string])[] = [
  [
    'agent-root DIR',
    "The agent's folder, for .capabilities and .env. Default: the current folder.",
  ],
  ['state-folder DIR', 'Where the builder is kept. Default: ~/.local/state/daemonless-pipelines.'],
  ['time-limit SECONDS', 'For all of it. Default: connect-timeout and 60 more.'],
  ['strict', 'End with 1 when the agent is not attached. Default: a warning, and 0.'],
];

const ofPrune: readonly (readonly [string, string])[] = [
  ['state-folder DIR', 'Where the report is kept. Default: ~/.local/state/daemonless-pipelines.'],
  ['time-limit SECONDS', 'For all of it. Default: 3600.'],
];

/** The help text; what concerns the inputs comes from task.json. */
export function usage(command?: string): readonly string[] {
  return command === 'prune' ? pruneUsage() : [...attachUsage(), '', ...otherCommands];
}

const otherCommands = ['daemonless prune cleans a registry: daemonless prune --help.'];

function attachUsage(): readonly string[] {
  return [
    'Usage: daemonless attach [options]',
    '',
    'Attaches this agent to BuildKit before it starts to listen: makes a buildx builder, and tells the',
    'agent of it in .capabilities and .env. Takes the inputs of SetupBuildkitBuilder, and BUILDKIT_HOST.',
    '',
    ...rows(own, task.inputs, inputNames),
  ];
}

function pruneUsage(): readonly string[] {
  return [
    'Usage: daemonless prune [options]',
    '',
    'Deletes old images of a registry by rules. Takes the inputs of RegistryPrune, and the logins of docker',
    '(DOCKER_CONFIG). It only shows its plan until --dry-run false is given.',
    '',
    ...rows(ofPrune, pruneTask.inputs, pruneInputs),
  ];
}

function rows(
  first: readonly (readonly [string, string])[],
  inputs: readonly { readonly name: string; readonly label: string }[],
  names: readonly string[],
): readonly string[] {
  const ofInputs = inputs
    .filter(({ name }) => names.includes(name))
    .map(({ name, label }) => [`${flagName(name)} VALUE`, `${label}. Or ${variableName(name)}.`]);
  const all = [...first, ...ofInputs];
  const width = Math.max(...all.map(([option = '']) => option.length)) + 2;
  return all.map(([option = '', text = '']) => `  --${option.padEnd(width)}${text}`);
}
