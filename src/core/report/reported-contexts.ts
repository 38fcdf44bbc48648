import * as v from 'valibot';
import { type ContentIndex, contentIndex, contentIndexSchema } from '../context/content-index.ts';
import type { ContextFile } from '../context/context-file.ts';
import type { ContextUser } from './context-upload.ts';

/** The files of one of several contexts, and who takes files from it. */
export const reportedContextSchema = v.object({
  uses: v.array(v.object({ target: v.optional(v.string()), name: v.optional(v.string()) })),
  ...contentIndexSchema.entries,
});

export type ReportedContext = v.InferOutput<typeof reportedContextSchema>;

/** What a report knows of the files that were sent. */
export interface ReportedContexts {
  /** The own one of a build. */
  readonly context?: ContentIndex | undefined;
  /** Of a bake's targets, and those with names. */
  readonly contexts?: readonly ReportedContext[] | undefined;
}

/** A context as this run has read it. */
export interface UsedContext {
  /** `{}` is the own context of a build. */
  readonly uses: readonly ContextUser[];
  readonly files: readonly ContextFile[];
}

/** Entries in all, about 60 kB in a report. */
const mostEntries = 1000;

/** For the next run: what the contexts hold. They share the room, whatever their number. */
export function reportedContexts(read: readonly UsedContext[]) {
  const limit = Math.floor(mostEntries / read.length);
  const indexed = read.map(({ uses, files }) => ({ uses, index: contentIndex(files, limit) }));
  const own = indexed.find(({ uses }) => uses.some(isOwn));
  const others = indexed.filter((one) => one !== own);
  const contexts = others.map(({ uses, index }) => ({
    uses: uses.map(({ target, name }) => ({
      ...(target === undefined ? {} : { target }),
      ...(name === undefined ? {} : { name }),
    })),
    ...index,
  }));
  return {
    ...(own === undefined ? {} : { context: own.index }),
    ...(contexts.length === 0 ? {} : { contexts }),
  };
}

/** What was known of the files of an upload. */
export function contextOf(
  upload: ContextUser,
  { context, contexts = [] }: ReportedContexts,
): ContentIndex | undefined {
  if (isOwn(upload) && context !== undefined) return context;
  return contexts.find(({ uses }) =>
    uses.some(
      ({ target, name }) =>
        name === upload.name && (upload.target === undefined || target === upload.target),
    ),
  );
}

function isOwn({ target, name }: ContextUser): boolean {
  return target === undefined && name === undefined;
}
