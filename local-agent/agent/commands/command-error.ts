/** A command that cannot be carried out: it fails the step, but does not stop its process. */
export class CommandError extends Error {
  override readonly name = 'CommandError';
}

/** A property that must be there. @throws CommandError */
export function required(
  properties: ReadonlyMap<string, string>,
  key: string,
  command: string,
): string {
  const value = properties.get(key);
  if (value) return value;
  throw new CommandError(`Required field '${key}' is missing in ##vso[${command}] command.`);
}

/** .NET's Boolean.TryParse: "true" in any case is true; "1" and "yes" are not. */
export function isTrue(text: string | undefined): boolean {
  return text?.trim().toLowerCase() === 'true';
}
