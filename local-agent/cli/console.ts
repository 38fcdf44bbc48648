import { styleText } from 'node:util';
import type { LineSink } from '../agent/log.ts';

type Style = Parameters<typeof styleText>[0];

/** How the build page colours a line, by its marker. */
const STYLES: readonly (readonly [marker: string, style: Style])[] = [
  ['##[section]', 'green'],
  ['##[command]', 'cyan'],
  ['##[error]', 'red'],
  ['##[warning]', 'yellow'],
  ['##[debug]', 'magenta'],
  ['##[group]', 'bold'],
  ['##[endgroup]', 'gray'],
];

/** Writes log lines to a stream, with colours when it is a terminal. */
export function lineWriter(stream: NodeJS.WriteStream): LineSink {
  // A reader that went away (a closed pipe) must not stop the run before its post steps.
  stream.on('error', () => undefined);
  const coloured = stream.isTTY && process.env['NO_COLOR'] === undefined;
  return (line) => {
    const style = coloured ? STYLES.find(([marker]) => line.startsWith(marker))?.[1] : undefined;
    stream.write(`${style ? styleText(style, line) : line}\n`);
  };
}
