import task from '../tasks/SetupBuildkitBuilder/task.json' with { type: 'json' };
import { flagName, inputNames, variableName } from './options.ts';

const own: readonly (readonly [string, string])[] = [
  [
    'agent-root DIR',
    "The agent's folder, for .capabilities and .env. Default: the current folder.",
  ],
  ['state-folder DIR', 'Where the builder is kept. Default: ~/.local/state/daemonless-pipelines.'],
  ['time-limit SECONDS', 'For all of it. Default: connect-timeout and 60 more.'],
  ['strict', 'End with 1 when the agent is not attached. Default: a warning, and 0.'],
];

/** The help text; what concerns the inputs comes from task.json. */
export function usage(): readonly string[] {
  const inputs = task.inputs
    .filter(({ name }) => inputNames.some((known) => known === name))
    .map(({ name, label }) => [`${flagName(name)} VALUE`, `${label}. Or ${variableName(name)}.`]);
  const rows = [...own, ...inputs];
  const width = Math.max(...rows.map(([option = '']) => option.length)) + 2;
  return [
    'Usage: daemonless attach [options]',
    '',
    'Attaches this agent to BuildKit before it starts to listen: makes a buildx builder, and tells the',
    'agent of it in .capabilities and .env. Takes the inputs of SetupBuildkitBuilder, and BUILDKIT_HOST.',
    '',
    ...rows.map(([option = '', text = '']) => `  --${option.padEnd(width)}${text}`),
  ];
}
