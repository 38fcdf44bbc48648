import { hasEnded } from '../run/build.ts';
import type { RunState } from '../run/run-state.ts';
import type { Step } from '../run/timeline.ts';
import type { ServerTrouble } from '../server/server-error.ts';
import { type Child, element, link } from './element.ts';
import type { Addresses } from './step-section.ts';
import { status } from './status.ts';

const guide =
  'https://github.com/daemonless-pipelines/daemonless-pipelines/blob/main/docs/guides/build-report.md';

/** What there is to say beside the reports. */
export function notesOf(state: RunState, addresses: Addresses): Child[] {
  const { build, reports, silent, earlier } = state;
  return [
    hasEnded(build) ? undefined : running(reports.length),
    ...silent.map((step) => silentStep(step, addresses)),
    reports.length === 0 && silent.length === 0 && hasEnded(build) ? nothing() : undefined,
    earlier === 0 ? undefined : element('p', {}, earlierText(earlier)),
  ];
}

function running(reports: number): HTMLElement {
  const text = reports === 0 ? 'Reports appear here' : 'More reports appear here';
  return element('p', {}, status('busy', `The run goes on. ${text} as its steps end.`));
}

function silentStep(step: Step, addresses: Addresses): HTMLElement {
  const log = link(addresses.log(step), 'See its log');
  return step.state === 'inProgress'
    ? element('p', {}, status('busy', `${step.name} is at work. `), log)
    : element(
        'p',
        {},
        status('bad', `${step.name} failed before it had anything to report. `),
        log,
      );
}

function nothing(): HTMLElement {
  return element(
    'p',
    {},
    'No step of this run attached a report. BuildxMultiArch@1 and PodmanServices@1 do, ' +
      'unless they were skipped or have report: false. ',
    link(guide, 'What the reports tell'),
  );
}

function earlierText(count: number): string {
  const what =
    count === 1 ? '1 report of an earlier attempt is' : `${count} reports of earlier attempts are`;
  return `${what} not shown.`;
}

/** Why the run cannot be read, and what can be done. */
export function troubleText(trouble: ServerTrouble): string {
  switch (trouble.kind) {
    case 'not-allowed':
      return 'You may not read this run, or are no longer signed in. The tab needs the permission View builds, with which you see the run itself.';
    case 'not-found':
      return 'The run is not there any more.';
    case 'too-large':
      return 'The server sent more than the tab reads.';
    case 'unreachable':
    case 'unexpected':
      return trouble.what;
  }
}
