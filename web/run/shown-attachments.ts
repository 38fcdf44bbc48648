import type { AttachmentPlace } from './attachment-place.ts';
import { type Step, type Timeline, stepsOf } from './timeline.ts';

/** An attachment, and the step that made it where that is known. */
export interface ShownAttachment {
  readonly place: AttachmentPlace;
  readonly step: Step | undefined;
}

export interface ShownAttachments {
  /** In the order of the run. */
  readonly shown: readonly ShownAttachment[];
  /** How many are of attempts that were run again. */
  readonly earlier: number;
}

/** Those of the last attempt of each step; all of them where the timeline cannot be read. */
export function shownAttachments(
  places: readonly AttachmentPlace[],
  timeline: Timeline | undefined,
): ShownAttachments {
  if (timeline === undefined) {
    return { shown: places.map((place) => ({ place, step: undefined })), earlier: 0 };
  }
  const steps = stepsOf(timeline);
  const outdated = new Set(
    timeline.records.flatMap(({ previousAttempts }) =>
      (previousAttempts ?? []).flatMap(({ timelineId }) => timelineId ?? []),
    ),
  );
  const shown = steps.flatMap((step) =>
    places
      .filter(({ record, timeline: id }) => record === step.record && !outdated.has(id))
      .map((place) => ({ place, step })),
  );
  return { shown, earlier: places.length - shown.length };
}

/** The tasks that attach reports. */
export const reportingTasks = ['BuildxMultiArch', 'PodmanServices', 'RegistryPrune'];

/** Steps of ours that have no report, though they are at work or failed. */
export function stepsWithoutReport(
  timeline: Timeline | undefined,
  shown: readonly ShownAttachment[],
): readonly Step[] {
  if (timeline === undefined) return [];
  const reported = new Set(shown.map(({ step }) => step?.record));
  return stepsOf(timeline).filter(
    ({ record, task, state, result }) =>
      reportingTasks.includes(task ?? '') &&
      !reported.has(record) &&
      (state === 'inProgress' || result === 'failed'),
  );
}
