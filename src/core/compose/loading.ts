import type { Problem } from '../errors.ts';
import type { FileTexts } from './file-texts.ts';
import type { MapNode } from './node.ts';
import type { Variables } from './interpolate.ts';

import type { InlineServices } from './load-request.ts';
import type { PathBase } from './relative-paths.ts';

/** What every part of loading shares: where files come from, and what was found wrong. */
export interface Loading {
  /** Loads what an `include` names, as the project itself is loaded. */
  readonly loadGroup: (group: FileGroup, loading: Loading) => MapNode | undefined;
  readonly texts: FileTexts;
  /** A path as it is shown. */
  readonly label: (path: string) => string;
  readonly problems: Problem[];
  /** Names of variables that became empty. */
  readonly unset: Set<string>;
  readonly warnings: Set<string>;
  readonly inline?: InlineServices;
}

/** Some files, in merge order, and how they are to be read. */
export interface FileGroup {
  /** Absolute paths. */
  readonly files: readonly string[];
  readonly base: PathBase;
  readonly variables: Variables;
  /** The files that led here by `include`, to tell circles. */
  readonly includedFrom: readonly string[];
}
