import { withoutPlatform } from './phase.ts';

/** What takes files from a context: a target of a bake, and the name it has for a further context. */
export interface ContextUser {
  /** Undefined for a build, and where buildx leaves it out: in the events of a bake of one target. */
  readonly target?: string | undefined;
  /** Of `contexts` or `buildContexts`; undefined: the own one. */
  readonly name?: string | undefined;
}

/** Whose files a vertex brings to the daemon, such as `[api context lib] load from client`; undefined: no files. */
export function contextUpload(vertex: string): ContextUser | undefined {
  const name = withoutPlatform(vertex);
  const own = /^\[(?:(\S+) )?internal\] load build context/.exec(name);
  if (own !== null) return { target: own[1] };
  const further = /^\[(?:(\S+) )?context (\S+)\] load from client/.exec(name);
  return further === null ? undefined : { target: further[1], name: further[2] };
}
