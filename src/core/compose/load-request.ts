import type { Variables } from './interpolate.ts';
import type { PasswordOf } from '../services/password-of.ts';
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
  readonly inline?: InlineServices;
}

/** Services that stand in no file, but in the step; among `files` they have the path `inlinePath`. */
export interface InlineServices {
  /** YAML. */
  readonly text: string;
  readonly passwordOf: PasswordOf;
}

/** No file has it, so that no place in the step is shown as a place in a file. */
export const inlinePath = '';
