import type { InputSpec, InputSpecs } from '../src/core/task/input-spec.ts';

/** e.g. `connect-timeout` for `connectTimeout`. */
export function flagName(input: string): string {
  return input.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}

/** e.g. `DAEMONLESS_CONNECT_TIMEOUT`. */
export function variableName(input: string): string {
  return `DAEMONLESS_${flagName(input).replaceAll('-', '_').toUpperCase()}`;
}

interface ArgumentOption {
  readonly type: 'string';
  readonly multiple: boolean;
}

/** The inputs as options of node's parseArgs. Lists are given by repeating the option, or with line breaks. */
export function inputOptions(
  specs: InputSpecs,
  names: readonly string[],
): Readonly<Record<string, ArgumentOption>> {
  const optionOf = ({ type }: InputSpec): ArgumentOption => ({
    type: 'string',
    multiple: type === 'multiLine',
  });
  const specOf = (name: string): InputSpec =>
    specs[name] ?? { type: 'string', required: false, defaultValue: '' };
  return Object.fromEntries(names.map((name) => [flagName(name), optionOf(specOf(name))]));
}

/** What an option or a variable of the environment says of an input; the option wins. */
export function givenIn(
  values: Readonly<Record<string, unknown>>,
  environment: Readonly<Record<string, string | undefined>>,
): (input: string) => string | undefined {
  return (input) => {
    const value = values[flagName(input)];
    if (Array.isArray(value)) return value.join('\n');
    return typeof value === 'string' ? value : environment[variableName(input)];
  };
}

/** Below XDG_STATE_HOME (XDG Base Directory Specification). */
export function stateFolder(environment: Readonly<Record<string, string | undefined>>): string {
  const base = environment['XDG_STATE_HOME'] ?? `${environment['HOME'] ?? '/root'}/.local/state`;
  return `${base}/daemonless-pipelines`;
}

export function absolute(path: string, folder: string): string {
  return path.startsWith('/') ? path : `${folder}/${path}`.replace(/\/\.?$/, '');
}
