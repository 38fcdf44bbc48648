import { createHash } from 'node:crypto';
import type { RunSource } from '../job/run-source.ts';

/** What is built; two steps of one pipeline may build two things. */
export interface ReportSubject {
  /** Paths from the folder of the sources. */
  readonly context: string;
  readonly dockerfile: string;
  readonly target: string | undefined;
  /** Without tags. */
  readonly images: readonly string[];
}

/** The name of a report's attachment: the next run finds by it what the same step said. */
export function reportName({ context, dockerfile, target, images }: ReportSubject): string {
  const parts = [context, dockerfile, target ?? '', ...images];
  const digest = createHash('sha256').update(parts.join('\0')).digest('hex');
  return `build-${digest.slice(0, 8)}`;
}

/** Where earlier runs are looked for: the own branch, a pull request's target, the default branch; full refs. */
export function branchesToCompare(
  { ref, targetRef }: Pick<RunSource, 'ref' | 'targetRef'>,
  defaultBranch: string,
): readonly string[] {
  const wanted = [
    ref,
    targetRef ?? '',
    `refs/heads/${defaultBranch.replace(/^refs\/heads\//, '')}`,
  ];
  return [...new Set(wanted)].filter((branch) => branch !== '');
}

/** Runs that went well first: a failed one tells only of the steps it reached. */
export function bestFirst<T extends { readonly isSucceeded: boolean }>(
  runs: readonly T[],
): readonly T[] {
  return [...runs].sort((a, b) => Number(b.isSucceeded) - Number(a.isSucceeded));
}
