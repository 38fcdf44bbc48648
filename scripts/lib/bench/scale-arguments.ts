import { parseArgs } from 'node:util';
import { UserError } from '../../../src/core/errors.ts';

/** What a sweep goes through. */
export interface Sweep {
  /** Numbers of builds at once. */
  readonly builds: readonly number[];
  readonly daemons: readonly number[];
  /** No wave begins later than that. */
  readonly minutes: number;
}

const options = {
  builds: { type: 'string', default: '1,8,32,128' },
  daemons: { type: 'string', default: '1,3' },
  minutes: { type: 'string', default: '30' },
} as const;

/** Reads `--builds 1,8 --daemons 1 --minutes 5`. @throws UserError that names what is wrong */
export function readSweep(argv: readonly string[]): Sweep {
  const values = parse(argv);
  const [minutes = 0] = positive('minutes', values.minutes);
  return {
    builds: positive('builds', values.builds),
    daemons: positive('daemons', values.daemons),
    minutes,
  };
}

function parse(argv: readonly string[]) {
  try {
    return parseArgs({ args: [...argv], options }).values;
  } catch (error) {
    const what = error instanceof Error ? error.message : String(error);
    throw new UserError([{ what, change: 'The options are --builds, --daemons and --minutes.' }]);
  }
}

function positive(name: string, text: string): readonly number[] {
  const numbers = text.split(',').map(Number);
  if (numbers.every((number) => Number.isInteger(number) && number > 0)) return numbers;
  const what = `--${name} was expected to be whole numbers above 0, found "${text}".`;
  throw new UserError([{ what, change: `Write it as --${name} 1,8.` }]);
}
