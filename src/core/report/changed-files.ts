import * as v from 'valibot';
import { changedPaths } from '../context/content-index.ts';
import { pathsTakenBy } from '../context/copied-files.ts';
import { type BuildGraph, inputsOf } from './build-graph.ts';
import { contextUpload } from './context-upload.ts';
import { contextOf } from './reported-contexts.ts';
import type { ReportedStep } from './report-steps.ts';

export const filesChangedSchema = v.object({
  kind: v.literal('files-changed'),
  /** Name of a further context; absent for the own one. */
  context: v.optional(v.string()),
  /** Paths of the context, the first of them; a folder ends with `/`. */
  files: v.array(v.string()),
  count: v.number(),
});

type FilesChanged = v.InferOutput<typeof filesChangedSchema>;
type Question = readonly [step: ReportedStep, now: BuildGraph, before: BuildGraph];

const mostFiles = 20;

/** The files that a step takes from a context and that differ; of the first such context. */
export function changedFiles(...question: Question): FilesChanged | undefined {
  for (const { name, files } of takenFiles(...question)) {
    if (files === undefined || files.length === 0) continue;
    return {
      kind: 'files-changed',
      ...(name === undefined ? {} : { context: name }),
      ...{ files: files.slice(0, mostFiles), count: files.length },
    };
  }
  return undefined;
}

/** Whether it takes files that are not known of both runs. */
export function hasUnreadFiles(...question: Question): boolean {
  return takenFiles(...question).some(({ files }) => files === undefined);
}

/** By context: what differs; undefined where that cannot be told. */
function takenFiles(...[step, now, before]: Question) {
  return inputsOf(step, now).flatMap((vertex) => {
    const upload = contextUpload(vertex.name);
    if (upload === undefined) return [];
    const [older, newer] = [contextOf(upload, before), contextOf(upload, now)];
    const changed =
      older === undefined || newer === undefined ? undefined : changedPaths(older, newer);
    const { name } = upload;
    return [{ name, files: changed?.filter(pathsTakenBy(step.instruction, name)) }];
  });
}
