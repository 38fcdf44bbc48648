import type { Problem } from '../errors.ts';
import type { Place } from './node.ts';

/** What only reading the data shows; never leaves `readYaml`. */
export class YamlFault extends Error {
  readonly place: Place;
  readonly problem: Pick<Problem, 'what' | 'change'>;

  constructor(place: Place, what: string, change: string) {
    super(what);
    this.place = place;
    this.problem = { what, change };
  }
}
