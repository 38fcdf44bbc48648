import type { Interval } from './intervals.ts';
import type { ReportedService, ServicesReport } from './services-report.ts';

/** When what was at work for a service, in ms since the step's start. */
export interface ServiceSpans {
  readonly pull?: Interval;
  /** From `podman run` until it was ready, or to the end of the step. */
  readonly start?: Interval;
  readonly up?: Interval;
}

export function serviceSpans(
  service: ReportedService,
  { images, ms }: Pick<ServicesReport, 'images' | 'ms'>,
): ServiceSpans {
  const { from, started, state } = service;
  const image = images.find((one) => one.image === service.image);
  const isPulled = image !== undefined && image.outcome !== 'here';
  const isOver = state === 'completed' || state === 'exited';
  const ready = service.ready ?? (state === 'running' ? started : undefined);
  return {
    ...(isPulled ? { pull: [image.from, image.to ?? ms] } : {}),
    ...(from === undefined ? {} : { start: [from, ready ?? ms] }),
    ...(ready === undefined || isOver ? {} : { up: [ready, ms] }),
  };
}
