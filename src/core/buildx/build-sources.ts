import type { ContextTimes } from '../context/context-plan.ts';
import type { NamedContext } from './named-contexts.ts';

/** What is built: the files and the stage. */
export interface BuildSources {
  /** Absolute path of the context folder, or the URL of a remote one. */
  readonly context: string;
  /** The daemon fetches the context itself: a Git repository or an archive. */
  readonly isRemote: boolean;
  /** Absolute path; in a remote context relative to its root. */
  readonly dockerfile: string;
  /** The Dockerfile's text when it was written into the pipeline; it is saved as `dockerfile`. */
  readonly dockerfileText: string | undefined;
  /** Undefined: the last stage. */
  readonly target: string | undefined;
  readonly contextTimes: ContextTimes;
  /** Further contexts for `FROM` and `COPY --from`. */
  readonly namedContexts: readonly NamedContext[];
}

/** The Dockerfile, its stage and further contexts; the context itself is the last argument of all. */
export function sourceArguments(sources: BuildSources): readonly string[] {
  const { dockerfile, target, namedContexts } = sources;
  return [
    ...['--file', dockerfile],
    ...(target === undefined ? [] : ['--target', target]),
    ...namedContexts.flatMap(({ name, value }) => ['--build-context', `${name}=${value}`]),
  ];
}
