/** What is built: the files and the stage. */
export interface BuildSources {
  /** Absolute path of the context folder. */
  readonly context: string;
  /** Absolute path. */
  readonly dockerfile: string;
  /** Undefined: the last stage. */
  readonly target: string | undefined;
}

/** The Dockerfile and its stage; the context is the last argument of all. */
export function sourceArguments({ dockerfile, target }: BuildSources): readonly string[] {
  return ['--file', dockerfile, ...(target === undefined ? [] : ['--target', target])];
}
