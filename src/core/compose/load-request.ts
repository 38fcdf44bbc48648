import type { Variables } from './interpolate.ts';
import type { Selection } from './profiles.ts';

/** What to load, and how. */
export interface LoadRequest extends Selection {
  /** Absolute paths, in merge order. */
  readonly files: readonly string[];
  /** Absolute: what relative paths begin at. */
  readonly folder: string;
  readonly home: string;
  /** The surroundings, `.env` included. */
  readonly variables: Variables;
  /** Wins over the files' `name`. */
  readonly projectName?: string;
  /** When nobody names the project. */
  readonly fallbackName: string;
  /** A path as it is shown. */
  readonly label: (path: string) => string;
}
