import type { ShownReport } from '../run/run-state.ts';
import type { Step } from '../run/timeline.ts';
import { type Child, element, link } from './element.ts';
import { reportBody, reportLine } from './report-view.ts';
import { status } from './status.ts';

/** Where other pages of Azure DevOps are. */
export interface Addresses {
  /** Of a run. */
  run(id: number): string;
  /** Of a step's log in this run. */
  log(step: Step): string;
}

/** One report under the name of its step; open unless there are many. */
export function stepSection(
  report: ShownReport,
  addresses: Addresses,
  isOpen: boolean,
): HTMLElement {
  const { step, content, name } = report;
  const { tone, text } = reportLine(content);
  return element(
    'details',
    { class: 'step', ...(isOpen ? { open: '' } : {}) },
    element(
      'summary',
      {},
      element('h2', {}, step?.name ?? name),
      element('span', { class: 'line' }, status(tone, text), placeOf(step)),
    ),
    step === undefined
      ? undefined
      : element('p', { class: 'log' }, link(addresses.log(step), 'Log of the step')),
    ...reportBody(report, (id) => addresses.run(id)),
  );
}

/** Job and stage, where they have names that say something. */
function placeOf(step: Step | undefined): Child {
  const names = [step?.stage, step?.job].filter((name) => name !== undefined && name !== '');
  return names.length === 0 ? undefined : element('span', { class: 'place' }, names.join(' › '));
}
