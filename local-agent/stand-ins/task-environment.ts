/** What a stand-in sees of its task: the few things of the task library that they need, spelled out. */
export function input(name: string): string {
  return process.env[`INPUT_${name.toUpperCase()}`] ?? '';
}

export function isTrue(text: string): boolean {
  return text.toLowerCase() === 'true';
}

/** A variable the agent always sets. @throws Error when run by something else */
export function variable(name: string): string {
  const value = process.env[name.replaceAll('.', '_').toUpperCase()];
  if (value === undefined)
    throw new Error(`${name} is not set: this runs under the local agent only`);
  return value;
}

/** Prints a logging command, escaped as the task library does. */
export function command(
  name: string,
  properties: Readonly<Record<string, string>>,
  message = '',
): void {
  const escape = (text: string): string =>
    text.replaceAll('%', '%AZP25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
  const escapeProperty = (text: string): string =>
    escape(text).replaceAll(']', '%5D').replaceAll(';', '%3B');
  const list = Object.entries(properties).map(([key, value]) => `${key}=${escapeProperty(value)};`);
  const header = list.length > 0 ? `${name} ${list.join('')}` : name;
  process.stdout.write(`##vso[${header}]${escape(message)}\n`);
}

/** Reports a failure as Microsoft's tasks do: an error issue and the result, with exit code 0. */
export function fail(message: string): void {
  command('task.issue', { type: 'error' }, message);
  command('task.complete', { result: 'Failed' }, message);
}

/** What the task library takes out of the environment before a task starts children (its vault). */
const VAULTED = /^(INPUT_|ENDPOINT_AUTH_|SECUREFILE_TICKET_|SECRET_|VSTS_TASKVARIABLE_)/;

/** The environment a task's children see: no non-empty inputs, secrets, tickets or credentials. */
export function childEnvironment(): NodeJS.ProcessEnv {
  const hidden = new Set([
    'VSTS_PUBLIC_VARIABLES',
    'VSTS_SECRET_VARIABLES',
    'COMMAND_CORRELATION_ID',
  ]);
  return Object.fromEntries(
    Object.entries(process.env).filter(
      ([name, value]) => !hidden.has(name) && !(VAULTED.test(name) && value),
    ),
  );
}
