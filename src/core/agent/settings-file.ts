/** Values by name; undefined takes the name's line away. */
export type Settings = Readonly<Record<string, string | undefined>>;

/**
 * A file of `name=value` lines with these values, and every other line as it was: the agent's
 * `.capabilities` and `.env` (Azure Pipelines agent, LST/Program.cs).
 * @param before undefined when there is no such file
 */
export function withSettings(before: string | undefined, settings: Settings): string {
  const others = (before ?? '')
    .split(/\r?\n/)
    .filter((line) => line !== '' && !(nameOf(line) in settings));
  const ours = Object.entries(settings).flatMap(([name, value]) =>
    value === undefined ? [] : [`${name}=${oneLine(value)}`],
  );
  return [...others, ...ours].map((line) => `${line}\n`).join('');
}

function nameOf(line: string): string {
  return line.split('=', 1)[0]?.trim() ?? '';
}

function oneLine(value: string): string {
  return value.replace(/\s*[\r\n]+\s*/g, ' ');
}
