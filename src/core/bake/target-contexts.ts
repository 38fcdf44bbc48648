import { resolve } from 'node:path/posix';
import { isRemoteContext } from '../buildx/context-place.ts';
import { type Bake, definitionsOf } from './baked-targets.ts';
import type { TargetDefinition } from './bake-definition.ts';

/** A folder of the agent that a target takes files from. */
export interface ContextUse {
  readonly target: string;
  /** Of `contexts`; undefined: the target's own. */
  readonly name: string | undefined;
  /** Absolute path of the folder. */
  readonly context: string;
  /** Absolute path of the target's Dockerfile; of none where its text is in the bake file. */
  readonly dockerfile: string;
  readonly dockerfileText: string | undefined;
  /** The stage that is built; undefined: the last one. */
  readonly stage: string | undefined;
}

/** Folders in place of those that a target's definition names; absolute. */
export interface TargetContexts {
  readonly own?: string;
  /** By the names in `contexts`. */
  readonly named: Readonly<Record<string, string>>;
}

/**
 * The folders that the targets of a bake take files from. A target whose own context is none of the agent's is left
 * out whole, as its Dockerfile is not here either.
 * @param folder where relative paths of the bake file start
 */
export function contextUses(bake: Bake, folder: string): readonly ContextUse[] {
  return definitionsOf(bake).flatMap(([target, definition]) => {
    const { context, contexts = {}, dockerfile, target: stage } = definition;
    if (!isFolder(context)) return [];
    const dockerfileText = definition['dockerfile-inline'];
    const path = resolve(folder, context, dockerfile);
    const use = { target, dockerfile: path, dockerfileText, stage };
    const named = Object.entries(contexts).filter(([, value]) => isFolder(value));
    return [
      { ...use, name: undefined, context: resolve(folder, context) },
      ...named.map(([name, value]) => ({ ...use, name, context: resolve(folder, value) })),
    ];
  });
}

/** Neither `target:NAME`, `docker-image://…` and the like, nor anything remote. */
function isFolder(value: string): boolean {
  return !isRemoteContext(value) && !/^[\w-]+:/.test(value);
}

/** With copies in place of its folders; its Dockerfile stays where it is. */
export function withContexts(
  definition: TargetDefinition,
  copies: TargetContexts | undefined,
  folder: string,
): TargetDefinition {
  if (copies === undefined) return definition;
  const { context, dockerfile, contexts } = definition;
  const moved =
    copies.own === undefined
      ? {}
      : { context: copies.own, dockerfile: resolve(folder, context, dockerfile) };
  const named = contexts === undefined ? {} : { contexts: { ...contexts, ...copies.named } };
  return { ...definition, ...moved, ...named };
}
