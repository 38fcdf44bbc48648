import type { Problem } from '../errors.ts';
import type { Path, Place } from './node.ts';
import { problemAt } from './read-yaml.ts';

/** Two files that say things which cannot be merged; never leaves the loader. */
export class MergeFault extends Error {
  readonly problem: Problem;

  constructor(place: Place, path: Path, what: string) {
    super(what);
    const change = 'Write it in the same form in both, or put !override before it.';
    this.problem = problemAt(place, { what: `${path.join('.')} ${what}`, change });
  }
}
