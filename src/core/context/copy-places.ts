import { createHash } from 'node:crypto';
import { basename, dirname, join, relative } from 'node:path/posix';
import type { BuildSources } from '../buildx/build-sources.ts';

/** Where the copy of a context lies below a folder of ours. */
export interface CopyPlaces {
  readonly copy: string;
  /**
   * A link to it, which buildx is given: the daemon finds an earlier upload by the last part of this path. Two
   * images from one folder send different files of it, so each has a name of its own.
   */
  readonly alias: string;
  /** Stands for the repository's .git, so that provenance names the commit; absent without one. */
  readonly gitFile?: string;
}

type CopiedSources = Pick<BuildSources, 'context' | 'dockerfile' | 'dockerfileText' | 'target'>;

/** @param repository the folder that holds .git; undefined when the context is in none */
export function copyPlaces(
  { context, dockerfile, dockerfileText, target }: CopiedSources,
  {
    folder,
    root,
    repository,
  }: {
    readonly folder: string;
    /** The folder that is the same in every job, apart from where it lies. */
    readonly root: string;
    readonly repository: string | undefined;
  },
): CopyPlaces {
  const files = join(folder, 'files');
  const file = dockerfileText === undefined ? relative(context, dockerfile) : 'inline';
  const what = [relative(root, context), file, target ?? ''];
  const id = createHash('sha256').update(what.join('\0')).digest('hex').slice(0, 8);
  return {
    copy: join(files, repository === undefined ? '' : relative(repository, context)),
    alias: join(folder, `${basename(context)}-${id}`),
    ...(repository === undefined ? {} : { gitFile: join(files, '.git') }),
  };
}

/** The folders that may hold the .git of a context, the nearest first. */
export function foldersAbove(context: string): readonly string[] {
  const above = dirname(context);
  return above === context ? [context] : [context, ...foldersAbove(above)];
}
